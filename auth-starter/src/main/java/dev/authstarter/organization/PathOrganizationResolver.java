package dev.authstarter.organization;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * The variables of the handler's path.
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

	/** Let the handler find the id where the request wrote a name. */
	void replace(HandlerCall call, String name, String id) {
		for (String variable : this.variables) {
			if (name.equals(call.pathVariable(variable))) {
				call.replacePathVariable(variable, id);
			}
		}
	}

}
