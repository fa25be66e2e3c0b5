package dev.authstarter.servlet.chain;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.authstarter.access.PublicPath;
import dev.authstarter.configuration.AccessRuleException;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.support.WebApplicationContextUtils;

/**
 * Admits requests without a token if a handler that is declared public may answer them.
 * Only Spring MVC determines which handler answers, so the request is marked as admitted,
 * and the guards refuse a marked request before any handler that is not public.
 */
public final class PublicHandlers implements RequestMatcher {

	private static final String ADMITTED = PublicHandlers.class.getName() + ".ADMITTED";

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SingletonSupplier<List<RequestMatcher>> matchers;

	private final ApplicationContext application;

	private PublicHandlers(Supplier<List<RequestMatcher>> matchers, ApplicationContext application) {
		this.matchers = SingletonSupplier.of(matchers);
		this.application = application;
	}

	/**
	 * Create a matcher of requests for public handlers.
	 * @param declared the methods and patterns of public handlers; read after Spring MVC
	 * has mapped its handlers
	 * @param context the context of the application
	 */
	static PublicHandlers of(Supplier<List<PublicPath>> declared, ApplicationContext context) {
		PathPatternRequestMatcher.Builder builder = context.getBeanProvider(PathPatternRequestMatcher.Builder.class)
			.getIfUnique(PathPatternRequestMatcher::withDefaults);
		return new PublicHandlers(() -> declared.get()
			.stream()
			.flatMap((path) -> matchers(path, builder))
			.<RequestMatcher>map((matcher) -> matcher)
			.toList(), context);
	}

	private static Stream<PathPatternRequestMatcher> matchers(PublicPath path,
			PathPatternRequestMatcher.Builder builder) {
		// In Spring MVC, a handler with the empty pattern also answers the root path.
		String pattern = path.pattern().isEmpty() ? "/" : path.pattern();
		try {
			if (path.methods().isEmpty()) {
				return Stream.of(builder.matcher(pattern));
			}
			return path.methods()
				.stream()
				.flatMap((method) -> method.equals("GET") ? Stream.of("GET", "HEAD") : Stream.of(method))
				.map((method) -> builder.matcher(HttpMethod.valueOf(method), pattern))
				.toList()
				.stream();
		}
		catch (IllegalArgumentException ex) {
			AccessRuleException failure = new AccessRuleException(
					"A handler with the pattern '%s' is declared public, and the filter chain cannot read that pattern: %s"
						.formatted(pattern, ex.getMessage()),
					"Write the mapping as a PathPattern that starts with a slash and has ** only at its end, or remove "
							+ "@PublicEndpoint or @PermitAll.");
			failure.initCause(ex);
			throw failure;
		}
	}

	/** Read the patterns now, so that an invalid one fails start-up. */
	void read() {
		this.matchers.obtain();
	}

	/** Match only if the caller is not authenticated by any means. */
	@Override
	public boolean matches(HttpServletRequest request) {
		boolean mayBePublic = !this.trust.isAuthenticated(SecurityContextHolder.getContext().getAuthentication())
				&& this.matchers.obtain().stream().anyMatch((matcher) -> matcher.matches(request))
				&& isOfApplication(request);
		if (mayBePublic) {
			request.setAttribute(ADMITTED, true);
		}
		return mayBePublic;
	}

	/**
	 * On a separate management port, Spring Boot uses the same chain for the actuator.
	 */
	private boolean isOfApplication(HttpServletRequest request) {
		return WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()) == this.application;
	}

	/**
	 * Remove the mark of an earlier dispatch of the request.
	 * @return {@code false}, so that the next matcher decides
	 */
	static boolean forget(HttpServletRequest request) {
		request.removeAttribute(ADMITTED);
		return false;
	}

	/**
	 * Return whether a request was admitted only because a public handler may answer it.
	 * The latest dispatch that the filter chain has authorized counts.
	 * @param request the request
	 * @return whether it was
	 */
	public static boolean admitted(HttpServletRequest request) {
		return request.getAttribute(ADMITTED) != null;
	}

}
