package dev.authstarter.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A token while it is written: header and claims that may still change.
 *
 * @param header the members of the JOSE header
 * @param claims the claims
 */
record Draft(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims) {

	Draft() {
		this(new LinkedHashMap<>(), new LinkedHashMap<>());
	}

	/** As a reader gets them, to whom nothing may happen that the writer does later. */
	Draft copy() {
		return new Draft(copyOf(this.header), copyOf(this.claims));
	}

	/** Become what a copy was made into. */
	void become(Draft other) {
		this.header.clear();
		this.header.putAll(other.header);
		this.claims.clear();
		this.claims.putAll(other.claims);
	}

	private static Map<String, @Nullable Object> copyOf(Map<?, ?> members) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>();
		members.forEach((name, value) -> copy.put(String.valueOf(name), copyOf(value)));
		return copy;
	}

	private static @Nullable Object copyOf(@Nullable Object value) {
		if (value instanceof Map<?, ?> members) {
			return copyOf(members);
		}
		if (value instanceof List<?> elements) {
			List<@Nullable Object> copy = new ArrayList<>();
			elements.forEach((element) -> copy.add(copyOf(element)));
			return copy;
		}
		return value;
	}

}
