package dev.authstarter.organization;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * Reads the organization from path variables.
 */
final class PathOrganizationResolver implements OrganizationResolver {

	private final String[] variables;

	PathOrganizationResolver(List<String> variables) {
		this.variables = variables.toArray(String[]::new);
	}

	@Override
	public List<String> resolve(HandlerCall call) {
		List<String> named = new ArrayList<>(1);
		for (String variable : this.variables) {
			String value = call.pathVariable(variable);
			if (value != null) {
				named.add(value);
			}
		}
		return named;
	}

	/** Replace the name in the path variable with the id for the handler. */
	void replace(HandlerCall call, String name, String id) {
		for (String variable : this.variables) {
			if (name.equals(call.pathVariable(variable))) {
				call.replacePathVariable(variable, id);
			}
		}
	}

}
