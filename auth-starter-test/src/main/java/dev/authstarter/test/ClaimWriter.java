package dev.authstarter.test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.authstarter.claims.Spelling;
import org.jspecify.annotations.Nullable;

/**
 * Writes claims where the application looks for them: the first selector with room for a
 * value gets it.
 */
final class ClaimWriter {

	private static final String NO_AUDIENCE = "none";

	private final Map<String, List<ClaimPath>> paths = new HashMap<>();

	ClaimWriter(Spelling spelling, String audience) {
		for (String property : List.of("claims.scopes", "claims.roles", "claims.permissions", "claims.organizations",
				"claims.client-id", "claims.subject", "token.audience-from")) {
			this.paths.put(property,
					spelling.list(property)
						.stream()
						.filter((selector) -> !property.startsWith("token.") || !selector.equals(NO_AUDIENCE))
						.map((selector) -> ClaimPath.parse(selector, audience))
						.toList());
		}
	}

	/** Write rights that count everywhere, or in one organization alone. */
	boolean writeAll(Draft draft, Right right, List<String> names, @Nullable String organization) {
		for (ClaimPath path : paths(right.property())) {
			if (path.binds(ClaimPath.ORGANIZATION) == (organization != null)
					&& attempt(draft, (copy) -> writeAll(copy, path, right, names, organization))) {
				return true;
			}
		}
		return false;
	}

	private static void writeAll(Draft draft, ClaimPath path, Right right, List<String> names,
			@Nullable String organization) {
		Map<String, String> bound = new HashMap<>();
		if (organization != null) {
			bound.put(ClaimPath.ORGANIZATION, organization);
		}
		if (!path.binds(right.capture())) {
			path.write(draft.claims(), bound, (right == Right.SCOPE) ? String.join(" ", names) : names);
			return;
		}
		for (String name : names) {
			bound.put(right.capture(), name);
			path.write(draft.claims(), bound, null);
		}
	}

	boolean write(Draft draft, String property, Map<String, String> bound, Object value) {
		for (ClaimPath path : paths(property)) {
			boolean captured = path.binds(ClaimPath.ORGANIZATION);
			if (attempt(draft, (copy) -> path.write(copy.claims(), bound, captured ? null : value))) {
				return true;
			}
		}
		return false;
	}

	List<ClaimPath> paths(String property) {
		return this.paths.getOrDefault(property, List.of());
	}

	/** Write on a copy, which counts if there was room for it. */
	static boolean attempt(Draft draft, Consumer<Draft> writer) {
		Draft copy = draft.copy();
		try {
			writer.accept(copy);
		}
		catch (ClaimPath.OccupiedException ex) {
			return false;
		}
		draft.become(copy);
		return true;
	}

}
