package dev.authstarter.test.dialect;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A token in progress, with mutable header and claims. Nested values are replaced, never
 * changed, so that drafts can share them.
 *
 * @param header the members of the JOSE header
 * @param claims the claims
 */
public record Draft(Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims) {

	Draft() {
		this(new LinkedHashMap<>(), new LinkedHashMap<>());
	}

	public Draft copy() {
		return new Draft(new LinkedHashMap<>(this.header), new LinkedHashMap<>(this.claims));
	}

	/** Take over the content of a modified copy. */
	void become(Draft other) {
		this.header.clear();
		this.header.putAll(other.header);
		this.claims.clear();
		this.claims.putAll(other.claims);
	}

}
