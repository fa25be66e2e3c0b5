package dev.authstarter.test.dialect;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A token while it is written: header and claims that may still change. What stands
 * inside of them never does: who changes it replaces it, so that drafts can share it.
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

	/** Become what a copy was made into. */
	void become(Draft other) {
		this.header.clear();
		this.header.putAll(other.header);
		this.claims.clear();
		this.claims.putAll(other.claims);
	}

}
