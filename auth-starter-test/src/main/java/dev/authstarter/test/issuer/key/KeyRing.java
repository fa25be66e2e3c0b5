package dev.authstarter.test.issuer.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer: those it holds, the one that signs, and those it publishes.
 */
public final class KeyRing {

	private final List<IssuerKey> held = new ArrayList<>();

	private final List<Map<String, Object>> published = new ArrayList<>();

	private @Nullable IssuerKey newest;

	private int count;

	public synchronized String nextKeyId() {
		this.count++;
		return "key-" + this.count;
	}

	/**
	 * Add and publish a key that signs from now on.
	 */
	public synchronized void add(IssuerKey key) {
		publish(key);
		this.newest = key;
	}

	/**
	 * Add and publish a key that signs only if a token's header names it.
	 */
	public synchronized void publish(IssuerKey key) {
		this.held.add(key);
		this.published.add(key.published());
	}

	public synchronized void publish(Map<String, Object> jwk) {
		this.published.add(new LinkedHashMap<>(jwk));
	}

	/**
	 * Publish a key unless a key with the same id is published.
	 */
	public synchronized void publishAgain(Map<String, Object> jwk) {
		if (this.published.stream().noneMatch((key) -> Objects.equals(key.get("kid"), jwk.get("kid")))) {
			publish(jwk);
		}
	}

	/**
	 * Publish only the newest key. The others are still held, and can sign like stolen
	 * keys.
	 */
	public synchronized void removeOld() {
		this.published.clear();
		this.published.add(newest().published());
	}

	public synchronized IssuerKey newest() {
		if (this.newest == null) {
			throw new IllegalStateException("The issuer has no key");
		}
		return this.newest;
	}

	/**
	 * Find the key that signs a token: the latest key with the id in the header,
	 * preferring one of the same algorithm if ids collide; otherwise the newest key.
	 */
	public synchronized IssuerKey select(@Nullable Object keyId, @Nullable Object algorithm) {
		IssuerKey found = null;
		for (IssuerKey key : this.held) {
			boolean better = found == null || key.algorithm().equals(algorithm) || !found.algorithm().equals(algorithm);
			if (key.keyId().equals(keyId) && better) {
				found = key;
			}
		}
		return (found != null) ? found : newest();
	}

	public synchronized Map<String, Object> document() {
		return Map.of("keys", List.copyOf(this.published));
	}

	/**
	 * Return the key pairs to the pool.
	 */
	public synchronized void close() {
		this.held.forEach((key) -> KeyPairs.giveBack(key.type(), key.pair()));
		this.held.clear();
	}

}
