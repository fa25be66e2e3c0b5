package dev.authstarter.authentication;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Claims as they were issued, but for a few that have another type. It saves a copy of
 * all claims in each token that is remembered. Immutable.
 */
@SuppressWarnings("serial")
final class TypedClaims extends AbstractMap<String, Object> implements Serializable {

	private final Map<String, Object> issued;

	private final Map<String, Object> typed;

	/**
	 * Lay claims over those that were issued.
	 * @param issued the claims as they were issued, immutable
	 * @param typed the claims that have another type, or were not issued at all
	 */
	TypedClaims(Map<String, Object> issued, Map<String, Object> typed) {
		this.issued = issued;
		this.typed = Map.copyOf(typed);
	}

	@Override
	public @Nullable Object get(@Nullable Object name) {
		Object value = (name != null) ? this.typed.get(name) : null;
		return (value != null) ? value : this.issued.get(name);
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return this.issued.containsKey(name) || (name != null && this.typed.containsKey(name));
	}

	@Override
	public Set<Entry<String, Object>> entrySet() {
		Map<String, Object> all = new LinkedHashMap<>(this.issued);
		all.putAll(this.typed);
		return Collections.unmodifiableMap(all).entrySet();
	}

}
