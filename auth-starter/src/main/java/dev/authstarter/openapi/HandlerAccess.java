package dev.authstarter.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.authstarter.CallerType;
import dev.authstarter.access.HandlerDescription.Demands;

/**
 * The access requirements of a handler for one operation.
 *
 * @param open whether it needs no access token
 * @param denied whether it is denied to every caller
 * @param demands the requirements, all of which a caller must satisfy
 * @param organizationInPath whether it acts in the organization that the path names
 */
record HandlerAccess(boolean open, boolean denied, Demands demands, boolean organizationInPath) {

	/** Describe the requirements in CommonMark. */
	@Override
	public String toString() {
		if (this.open) {
			return "Requires no access token.";
		}
		if (this.denied) {
			return "Denied to every caller, because it has no access rule.";
		}
		List<String> parts = new ArrayList<>();
		add("scope", this.demands.scopes(), parts);
		add("role", this.demands.roles(), parts);
		add("permission", this.demands.permissions(), parts);
		return "Requires an access token%s%s%s.".formatted(caller(), parts.isEmpty() ? "" : " with " + all(parts),
				this.organizationInPath ? ", for the organization in the path" : "");
	}

	private String caller() {
		String caller = (this.demands.callers().size() == 1)
				? " of a " + this.demands.callers().iterator().next().name().toLowerCase(Locale.ROOT) : "";
		return caller + switch (this.demands.delegation()) {
			case ALLOWED -> "";
			case FORBIDDEN -> " for whose subject no actor acts";
			case REQUIRED -> " for whose subject an actor acts";
		};
	}

	/** Return the caller types that may call, or an empty list if all may. */
	List<String> callers() {
		return (this.demands.callers().size() == CallerType.values().length) ? List.of()
				: this.demands.callers().stream().map((type) -> type.name().toLowerCase(Locale.ROOT)).toList();
	}

	private static void add(String kind, List<List<String>> choices, List<String> parts) {
		for (List<String> choice : choices) {
			parts
				.add((choice.size() == 1) ? kind + " " + quoted(choice) : "one of the " + kind + "s " + quoted(choice));
		}
	}

	private static String quoted(List<String> names) {
		return names.stream().map((name) -> "`" + name + "`").collect(Collectors.joining(", "));
	}

	private static String all(List<String> parts) {
		int last = parts.size() - 1;
		return (last == 0) ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
	}

}
