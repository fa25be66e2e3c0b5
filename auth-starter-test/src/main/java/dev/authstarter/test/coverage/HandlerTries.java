package dev.authstarter.test.coverage;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Records whether the caller of a request was allowed or refused, for the handlers of the
 * request. If the filter chain refuses a request, the handler is found by the path.
 */
final class HandlerTries {

	private final ObjectProvider<HandlerInventory> inventory;

	private final Tries tries;

	HandlerTries(ObjectProvider<HandlerInventory> inventory, Tries tries) {
		this.inventory = inventory;
		this.tries = tries;
	}

	void requestBegins() {
		this.tries.requestBegins();
	}

	void requestEnds() {
		this.tries.requestEnds();
	}

	/**
	 * Record a request.
	 * @param method its HTTP method
	 * @param pattern the pattern of its handler, or {@code null} if none was found
	 * @param handler its handler, or {@code null} if none was found
	 * @param path its path, without that of the application
	 * @param status the status of the answer
	 * @param reached whether all guards have allowed it
	 */
	void record(String method, @Nullable Object pattern, @Nullable Object handler, String path, int status,
			boolean reached) {
		boolean denied = status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value();
		if (reached) {
			// Rules of Spring Security are evaluated after the guards.
			handlers(method, pattern, handler, path).forEach(denied ? this.tries::refused : this.tries::allowed);
		}
		else if (denied || status == HttpStatus.NOT_FOUND.value()) {
			handlers(method, pattern, handler, path).forEach(this.tries::refused);
		}
	}

	private Collection<HandlerDescription> handlers(String method, @Nullable Object known, @Nullable Object handler,
			String path) {
		List<HandlerDescription> all = this.inventory.stream()
			.flatMap((inventory) -> inventory.handlers().stream())
			.filter((it) -> it.methods().isEmpty() || it.methods().contains(method))
			.toList();
		String pattern = (known != null) ? known.toString() : pattern(path, all);
		return (pattern != null)
				? called(handler, all.stream().filter((it) -> it.patterns().contains(pattern)).toList()) : List.of();
	}

	/** Several methods can have one pattern, for example for several types of content. */
	private static Collection<HandlerDescription> called(@Nullable Object handler, List<HandlerDescription> found) {
		if (found.size() > 1 && handler instanceof HandlerMethod method) {
			String name = ClassUtils.getUserClass(method.getBeanType()).getName() + "#" + method.getMethod().getName();
			List<HandlerDescription> named = found.stream().filter((it) -> it.name().equals(name)).toList();
			return named.isEmpty() ? found : named;
		}
		return found;
	}

	private static @Nullable String pattern(String text, List<HandlerDescription> handlers) {
		PathContainer path = PathContainer.parsePath(text);
		return handlers.stream()
			.flatMap((handler) -> handler.patterns().stream())
			.map(PathPatternParser.defaultInstance::parse)
			.filter((candidate) -> candidate.matches(path))
			.min(Comparator.naturalOrder())
			.map(PathPattern::getPatternString)
			.orElse(null);
	}

}
