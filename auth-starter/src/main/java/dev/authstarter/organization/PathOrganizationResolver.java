package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;
import org.jspecify.annotations.Nullable;

/**
 * The variables of the handler's path.
 */
final class PathOrganizationResolver implements OrganizationResolver {

	private final String[] variables;

	PathOrganizationResolver(List<String> variables) {
		this.variables = variables.toArray(String[]::new);
	}

	@Override
	public @Nullable String first(HandlerCall call) {
		for (String variable : this.variables) {
			String value = call.pathVariable(variable);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	@Override
	public boolean agrees(HandlerCall call, String organization) {
		for (String variable : this.variables) {
			String value = call.pathVariable(variable);
			if (value != null && !value.equals(organization)) {
				return false;
			}
		}
		return true;
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
