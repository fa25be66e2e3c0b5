package dev.authstarter.openapi;

import java.util.List;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.parameters.Parameter;

/**
 * The path variables that contain the id of an organization. The organization guard reads
 * them, so a handler need not have a parameter for them.
 */
final class OrganizationInPath {

	private final List<String> variables;

	OrganizationInPath(List<String> variables) {
		this.variables = List.copyOf(variables);
	}

	/** Return whether a path of the document names an organization. */
	boolean isNamedBy(String path) {
		return this.variables.stream().anyMatch((name) -> isIn(path, name));
	}

	/** The document may contain patterns as the application wrote them. */
	private static boolean isIn(String path, String name) {
		return path.contains("{" + name + "}") || path.contains("{" + name + ":") || path.contains("{*" + name + "}");
	}

	/**
	 * Add parameters for the variables that have none, because a document without them is
	 * invalid.
	 */
	void describe(String path, List<Parameter> ofPath, Operation operation) {
		for (String name : this.variables) {
			if (isIn(path, name) && !isDescribed(name, ofPath)
					&& (operation.getParameters() == null || !isDescribed(name, operation.getParameters()))) {
				operation.addParametersItem(new Parameter().in("path")
					.name(name)
					.required(true)
					.description("The organization that the request is for.")
					.schema(Schemas.text("")));
			}
		}
	}

	private static boolean isDescribed(String name, List<Parameter> parameters) {
		return parameters.stream().anyMatch((parameter) -> name.equals(parameter.getName()));
	}

}
