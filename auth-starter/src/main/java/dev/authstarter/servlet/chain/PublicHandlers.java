package dev.authstarter.servlet.chain;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.authstarter.access.PublicPath;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.function.SingletonSupplier;

/**
 * Lets requests in that a handler may answer which is declared public. Which handler
 * answers is known to Spring MVC alone, so the request is marked, and the guards refuse
 * what is marked before any other handler.
 */
public final class PublicHandlers implements RequestMatcher {

	private static final String ADMITTED = PublicHandlers.class.getName() + ".ADMITTED";

	private final SingletonSupplier<List<RequestMatcher>> matchers;

	/**
	 * Let in what handlers are declared public for.
	 * @param declared methods and patterns, asked for by the first request
	 * @param builder makes matchers of patterns, as for other paths of the same chain
	 */
	PublicHandlers(Supplier<List<PublicPath>> declared, PathPatternRequestMatcher.Builder builder) {
		this.matchers = SingletonSupplier.of(() -> declared.get()
			.stream()
			.flatMap((path) -> matchers(path, builder))
			.<RequestMatcher>map((matcher) -> matcher)
			.toList());
	}

	private static Stream<PathPatternRequestMatcher> matchers(PublicPath path,
			PathPatternRequestMatcher.Builder builder) {
		// Spring MVC also takes the root for the empty pattern.
		String pattern = path.pattern().isEmpty() ? "/" : path.pattern();
		if (path.methods().isEmpty()) {
			return Stream.of(builder.matcher(pattern));
		}
		return path.methods()
			.stream()
			.flatMap((method) -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
			.map((method) -> builder.matcher(HttpMethod.valueOf(method), pattern));
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		boolean mayBePublic = this.matchers.obtain().stream().anyMatch((matcher) -> matcher.matches(request));
		if (mayBePublic) {
			request.setAttribute(ADMITTED, true);
		}
		return mayBePublic;
	}

	/**
	 * Take the mark away that an earlier dispatch of the request has left.
	 * @return {@code false}, so that the next matcher decides
	 */
	static boolean forget(HttpServletRequest request) {
		request.removeAttribute(ADMITTED);
		return false;
	}

	/**
	 * Tell whether a request was let in for this reason alone.
	 * @param request the request
	 * @return whether it was, in its latest dispatch
	 */
	public static boolean admitted(HttpServletRequest request) {
		return request.getAttribute(ADMITTED) != null;
	}

}
