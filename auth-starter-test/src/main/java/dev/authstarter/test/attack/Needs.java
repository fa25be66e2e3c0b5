package dev.authstarter.test.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a handler demands, read from the sentence in which the inventory says it. Where
 * that sentence is an expression of Spring Security, nobody can tell. A wrong reading
 * shows as a refusal for another reason than expected, never as a call.
 *
 * @param scopes choices of scopes: one of each is needed
 * @param roles choices of roles
 * @param permissions choices of permissions
 * @param caller the only kind of caller, {@code user} or {@code machine}, or {@code null}
 * for both
 * @param readable whether this is all that the handler demands
 */
record Needs(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
		@Nullable String caller, boolean readable) {

	/** The inventory tells it of each handler, too. */
	private static final Set<String> ORGANIZATION = Set.of("organization", "organization, or machine without");

	static Needs parse(String rule) {
		List<List<String>> scopes = new ArrayList<>();
		List<List<String>> roles = new ArrayList<>();
		List<List<String>> permissions = new ArrayList<>();
		List<List<String>> callers = new ArrayList<>();
		boolean readable = true;
		for (String demand : demands(rule)) {
			readable &= ORGANIZATION.contains(demand) || read(demand, "scope ", scopes) || read(demand, "role ", roles)
					|| read(demand, "permission ", permissions) || read(demand, "caller ", callers);
		}
		String caller = (callers.size() == 1 && callers.get(0).size() == 1) ? callers.get(0).get(0) : null;
		return new Needs(scopes, roles, permissions, caller, readable);
	}

	private static List<String> demands(String rule) {
		return (rule.isEmpty() || rule.equals("public")) ? List.of() : List.of(rule.split("; ", -1));
	}

	private static boolean read(String demand, String kind, List<List<String>> choices) {
		if (!demand.startsWith(kind)) {
			return false;
		}
		for (String choice : demand.substring(kind.length()).split(" and ", -1)) {
			choices.add(List.of(choice.split(" or ", -1)));
		}
		return true;
	}

	/** As few as will do. */
	static String[] firstOfEach(List<List<String>> choices) {
		return choices.stream().map((choice) -> choice.get(0)).distinct().toArray(String[]::new);
	}

}
