package dev.authstarter.servlet.handler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.servlet.chain.PublicHandlers;
import dev.authstarter.servlet.refusal.RefusalWriter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.web.servlet.function.HandlerFunction;

/**
 * A call of a handler in a servlet application. Reads the request attributes of Spring
 * MVC, and works without Spring MVC on the class path.
 */
public final class ServletHandlerCall implements HandlerCall {

	/** {@code HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE}. */
	private static final String VARIABLES = "org.springframework.web.servlet.HandlerMapping.uriTemplateVariables";

	/** {@code RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE}. */
	private static final String ROUTE_VARIABLES = "org.springframework.web.servlet.function.RouterFunctions.uriTemplateVariables";

	private final Object handler;

	private final HttpServletRequest request;

	/**
	 * Create a call.
	 * @param handler the handler that is about to be called
	 * @param request the request, with its path variables already extracted if it has any
	 */
	public ServletHandlerCall(Object handler, HttpServletRequest request) {
		this.handler = handler;
		this.request = request;
	}

	@Override
	public Object handler() {
		return this.handler;
	}

	@Override
	public String method() {
		return this.request.getMethod();
	}

	@Override
	public @Nullable String pattern() {
		Object pattern = this.request.getAttribute(RefusalWriter.MATCHED_PATTERN);
		return (pattern != null) ? pattern.toString() : null;
	}

	@Override
	public List<PathContainer> paths() {
		return RequestedPaths.of(this.request);
	}

	@Override
	public @Nullable String pathVariable(String name) {
		Object value = variables().get(name);
		return (value != null) ? value.toString() : null;
	}

	@Override
	public void replacePathVariable(String name, String value) {
		Map<Object, Object> replaced = new LinkedHashMap<>(variables());
		replaced.put(name, value);
		this.request.setAttribute(attribute(), replaced);
	}

	private Map<?, ?> variables() {
		return (this.request.getAttribute(attribute()) instanceof Map<?, ?> variables) ? variables : Map.of();
	}

	/**
	 * Functional routes use another attribute; their handlers may also be mapped as
	 * beans.
	 */
	private String attribute() {
		boolean route = this.request.getAttribute(ROUTE_VARIABLES) != null && this.handler instanceof HandlerFunction;
		return route ? ROUTE_VARIABLES : VARIABLES;
	}

	@Override
	public List<String> headers(String name) {
		return Collections.list(this.request.getHeaders(name));
	}

	@Override
	public String host() {
		return this.request.getServerName();
	}

	@Override
	public boolean isAdmittedForPublicHandler() {
		return PublicHandlers.admitted(this.request);
	}

	@Override
	public <T> @Nullable T unwrap(Class<T> type) {
		return type.isInstance(this.request) ? type.cast(this.request) : null;
	}

}
