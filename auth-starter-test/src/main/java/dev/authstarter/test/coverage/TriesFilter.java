package dev.authstarter.test.coverage;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Records for every answer the handler and whether the caller was allowed or refused. If
 * the filter chain refuses a request, the handler is found by the path.
 */
final class TriesFilter extends OncePerRequestFilter {

	private final ObjectProvider<HandlerInventory> inventory;

	private final Tries tries;

	TriesFilter(ObjectProvider<HandlerInventory> inventory, Tries tries) {
		this.inventory = inventory;
		this.tries = tries;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.tries.requestBegins();
		try {
			chain.doFilter(request, response);
		}
		finally {
			look(request, response.getStatus());
			this.tries.requestEnds();
		}
	}

	private void look(HttpServletRequest request, int status) {
		boolean denied = status == HttpStatus.UNAUTHORIZED.value() || status == HttpStatus.FORBIDDEN.value();
		if (request.getAttribute(ReachedHandler.ATTRIBUTE) != null) {
			// Rules of Spring Security are evaluated after the guards.
			handlers(request).forEach(denied ? this.tries::refused : this.tries::allowed);
		}
		else if (denied || status == HttpStatus.NOT_FOUND.value()) {
			handlers(request).forEach(this.tries::refused);
		}
	}

	private Collection<HandlerDescription> handlers(HttpServletRequest request) {
		List<HandlerDescription> all = this.inventory.stream()
			.flatMap((inventory) -> inventory.handlers().stream())
			.filter((handler) -> handler.methods().isEmpty() || handler.methods().contains(request.getMethod()))
			.toList();
		String pattern = pattern(request, all);
		return all.stream().filter((handler) -> handler.patterns().contains(pattern)).toList();
	}

	private static @Nullable String pattern(HttpServletRequest request, List<HandlerDescription> handlers) {
		Object known = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		if (known != null) {
			return known.toString();
		}
		PathContainer path = PathContainer
			.parsePath(request.getRequestURI().substring(request.getContextPath().length()));
		return handlers.stream()
			.flatMap((handler) -> handler.patterns().stream())
			.map(PathPatternParser.defaultInstance::parse)
			.filter((candidate) -> candidate.matches(path))
			.min(Comparator.naturalOrder())
			.map(PathPattern::getPatternString)
			.orElse(null);
	}

}
