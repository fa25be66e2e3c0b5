package dev.authstarter.test.dialect;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.provider.ProviderSettings;
import org.jspecify.annotations.Nullable;

/**
 * Writes claims to the locations from which the application reads them: each value goes
 * to the first selector whose location is free.
 */
final class ClaimWriter {

	private static final String NO_AUDIENCE = "none";

	private final Map<String, List<ClaimPath>> paths = new HashMap<>();

	ClaimWriter(ProviderSettings spelling, String audience) {
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

	/** Write rights that hold everywhere, or only in one organization. */
	boolean writeAll(Draft draft, Right right, List<String> names, @Nullable String organization) {
		for (ClaimPath path : paths(right.property())) {
			Map<String, @Nullable Object> copy = new LinkedHashMap<>(draft.claims());
			if (path.binds(ClaimPath.ORGANIZATION) == (organization != null)
					&& hasRoom(() -> writeAll(copy, path, right, names, organization))) {
				draft.claims().putAll(copy);
				return true;
			}
		}
		return false;
	}

	private static void writeAll(Map<String, @Nullable Object> claims, ClaimPath path, Right right, List<String> names,
			@Nullable String organization) {
		Map<String, String> bound = new HashMap<>();
		if (organization != null) {
			bound.put(ClaimPath.ORGANIZATION, organization);
		}
		if (!path.binds(right.capture())) {
			path.write(claims, bound, (right == Right.SCOPE) ? String.join(" ", names) : names);
			return;
		}
		for (String name : names) {
			bound.put(right.capture(), name);
			path.write(claims, bound, null);
		}
	}

	boolean write(Draft draft, String property, Map<String, String> bound, Object value) {
		for (ClaimPath path : paths(property)) {
			boolean captured = path.binds(ClaimPath.ORGANIZATION);
			if (hasRoom(() -> path.write(draft.claims(), bound, captured ? null : value))) {
				return true;
			}
		}
		return false;
	}

	List<ClaimPath> paths(String property) {
		return this.paths.getOrDefault(property, List.of());
	}

	/** Write, unless the location is occupied. */
	static boolean hasRoom(Runnable write) {
		try {
			write.run();
			return true;
		}
		catch (ClaimPath.OccupiedException ex) {
			return false;
		}
	}

}
