package dev.authstarter.claims;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The same names in the same objects: an issuer grants the same few scopes again and
 * again, and remembered tokens need not hold each of them once more.
 */
final class SharedNames {

	/** Beyond that, names are left as they are. */
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
