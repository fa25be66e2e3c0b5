package dev.authstarter.organization;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunctions;

/**
 * The variables of the handler's path, decoded by Spring MVC and without matrix
 * parameters.
 */
final class PathOrganizationResolver implements OrganizationResolver {

	private final String[] variables;

	PathOrganizationResolver(List<String> variables) {
		this.variables = variables.toArray(String[]::new);
	}

	@Override
	public @Nullable String first(Object handler, HttpServletRequest request) {
		Map<?, ?> values = values(handler, request);
		for (String variable : this.variables) {
			if (values.get(variable) instanceof String value) {
				return value;
			}
		}
		return null;
	}

	@Override
	public boolean agrees(Object handler, HttpServletRequest request, String organization) {
		Map<?, ?> values = values(handler, request);
		for (String variable : this.variables) {
			Object value = values.get(variable);
			if (value != null && !value.equals(organization)) {
				return false;
			}
		}
		return true;
	}

	/** Let the handler find the id where the request wrote a name. */
	void replace(Object handler, HttpServletRequest request, String name, String id) {
		Map<Object, Object> replaced = new LinkedHashMap<>(values(handler, request));
		for (String variable : this.variables) {
			replaced.replace(variable, name, id);
		}
		request.setAttribute(attribute(handler, request), replaced);
	}

	private static Map<?, ?> values(Object handler, HttpServletRequest request) {
		return (request.getAttribute(attribute(handler, request)) instanceof Map<?, ?> map) ? map : Map.of();
	}

	/** Routes keep them elsewhere; their handlers may also be mapped as beans. */
	private static String attribute(Object handler, HttpServletRequest request) {
		boolean route = handler instanceof HandlerFunction
				&& request.getAttribute(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE) != null;
		return route ? RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE
				: HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE;
	}

}
