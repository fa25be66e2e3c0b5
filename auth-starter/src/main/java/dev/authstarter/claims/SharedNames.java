package dev.authstarter.claims;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Interns names, so that cached tokens with the same scopes share their strings.
 */
final class SharedNames {

	/** Further names are not interned. */
	private static final int MAXIMUM_NAMES = 10_000;

	private static final int MAXIMUM_LENGTH = 200;

	private final Map<String, String> names = new ConcurrentHashMap<>();

	String share(String name) {
		String known = this.names.get(name);
		if (known != null) {
			return known;
		}
		if (name.length() <= MAXIMUM_LENGTH && this.names.size() < MAXIMUM_NAMES) {
			this.names.put(name, name);
		}
		return name;
	}

}
