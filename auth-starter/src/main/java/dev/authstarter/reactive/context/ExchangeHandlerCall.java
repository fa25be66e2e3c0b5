package dev.authstarter.reactive.context;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.PathPatterns;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;

/**
 * A call of a handler in a WebFlux application.
 */
public final class ExchangeHandlerCall implements HandlerCall {

	private static final String ADMITTED = ExchangeHandlerCall.class.getName() + ".ADMITTED";

	private final Object handler;

	private final ServerWebExchange exchange;

	/**
	 * Create a call.
	 * @param handler the handler that is about to be called
	 * @param exchange the request, with its path variables already extracted if it has
	 * any
	 */
	public ExchangeHandlerCall(Object handler, ServerWebExchange exchange) {
		this.handler = handler;
		this.exchange = exchange;
	}

	/**
	 * Mark a request as permitted only because it may reach a public handler.
	 * @param exchange the request
	 */
	public static void admitForPublicHandler(ServerWebExchange exchange) {
		exchange.getAttributes().put(ADMITTED, true);
	}

	@Override
	public Object handler() {
		return this.handler;
	}

	@Override
	public String method() {
		return this.exchange.getRequest().getMethod().name();
	}

	@Override
	public @Nullable String pattern() {
		return pattern(this.exchange);
	}

	/**
	 * Return the pattern that matched a request.
	 * @param exchange the request
	 * @return the pattern, or {@code null} if none matched
	 */
	public static @Nullable String pattern(ServerWebExchange exchange) {
		Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
		return (pattern != null) ? pattern.toString() : null;
	}

	/** WebFlux matches the path only as it was sent. */
	@Override
	public List<PathContainer> paths() {
		return PathPatterns.forms(this.exchange.getRequest().getPath().pathWithinApplication().value(),
				PathContainer.Options.HTTP_PATH);
	}

	@Override
	public @Nullable String pathVariable(String name) {
		return variables(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE).get(name);
	}

	/** Routes have their path variables in two attributes. */
	@Override
	public void replacePathVariable(String name, String value) {
		for (String attribute : List.of(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE)) {
			Map<String, String> variables = variables(attribute);
			if (variables.containsKey(name)) {
				Map<String, String> replaced = new LinkedHashMap<>(variables);
				replaced.put(name, value);
				this.exchange.getAttributes().put(attribute, replaced);
			}
		}
	}

	private Map<String, String> variables(String attribute) {
		return this.exchange.getAttributeOrDefault(attribute, Map.of());
	}

	@Override
	public List<String> headers(String name) {
		return this.exchange.getRequest().getHeaders().getOrEmpty(name);
	}

	@Override
	public String host() {
		String host = this.exchange.getRequest().getURI().getHost();
		return (host != null) ? host : "";
	}

	@Override
	public boolean isAdmittedForPublicHandler() {
		return this.exchange.getAttribute(ADMITTED) != null;
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this.exchange) ? type.cast(this.exchange) : null;
	}

}
