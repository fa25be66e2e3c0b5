package dev.authstarter.authentication;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A view of the issued claims in which a few have the types of Spring Security. It avoids
 * a copy of all claims for each cached token. Immutable.
 */
@SuppressWarnings("serial")
final class TypedClaims extends AbstractMap<String, Object> implements Serializable {

	private final Map<String, Object> issued;

	private final Map<String, Object> typed;

	/**
	 * Create a view.
	 * @param issued the claims as they were issued, immutable
	 * @param typed the claims that have another type, or were not issued
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
