package dev.authstarter.test.issuer;

import java.util.Collection;
import java.util.List;

import dev.authstarter.access.HandlerDescription;

/**
 * A path to try a token on: the first that a {@code GET} reaches and that can be written
 * down, because it has no variables but the organization's.
 */
final class CallablePath {

	private CallablePath() {
	}

	/**
	 * Find a path.
	 * @param handlers the application's handlers
	 * @param organizationVariables variables that name the organization
	 * @param organization the organization, or an empty string for none
	 * @return the path, or the root if none can be called
	 */
	static String of(List<HandlerDescription> handlers, Collection<String> organizationVariables, String organization) {
		return handlers.stream()
			.filter(CallablePath::isOfTheApplication)
			.flatMap((handler) -> handler.patterns().stream())
			.map((pattern) -> fill(pattern, organizationVariables, organization))
			.filter((path) -> path.indexOf('{') < 0 && path.indexOf('*') < 0 && path.indexOf('?') < 0)
			.findFirst()
			.orElse("/");
	}

	private static boolean isOfTheApplication(HandlerDescription handler) {
		boolean get = handler.methods().isEmpty() || handler.methods().contains("GET");
		return get && (handler.kind() == HandlerDescription.Kind.CONTROLLER
				|| handler.kind() == HandlerDescription.Kind.ROUTE);
	}

	private static String fill(String pattern, Collection<String> organizationVariables, String organization) {
		String path = pattern;
		for (String variable : organization.isEmpty() ? List.<String>of() : organizationVariables) {
			path = path.replace("{" + variable + "}", organization);
		}
		return path;
	}

}
