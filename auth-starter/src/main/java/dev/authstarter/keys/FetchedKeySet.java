package dev.authstarter.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.jose.PrintableText;

/**
 * The keys that an issuer published at one time. Not a record: two fetches create two
 * sets, even if their keys are equal.
 */
final class FetchedKeySet implements KeySet {

	/** Limit for key ids in a log line. */
	private static final int MAXIMUM_IDS = 20;

	private final JWKSet keys;

	private final Instant loadedAt;

	private final Object version;

	FetchedKeySet(JWKSet keys, Instant loadedAt) {
		this(keys, loadedAt, new Object());
	}

	private FetchedKeySet(JWKSet keys, Instant loadedAt, Object version) {
		this.keys = keys;
		this.loadedAt = loadedAt;
		this.version = version;
	}

	/**
	 * Return this set as the successor of another one, with the same version if no key
	 * was added, removed or replaced.
	 */
	FetchedKeySet after(FetchedKeySet previous) {
		boolean same = this.keys.getKeys().equals(previous.keys.getKeys());
		return same ? new FetchedKeySet(this.keys, this.loadedAt, previous.version) : this;
	}

	@Override
	public Object version() {
		return this.version;
	}

	/**
	 * Find the keys that match a token. A key without an id, such as a PEM key, matches
	 * any id.
	 */
	@Override
	public List<JWK> find(JWSHeader header) {
		List<JWK> named = select(header);
		if (!named.isEmpty() || header.getKeyID() == null) {
			return named;
		}
		JWSHeader nameless = new JWSHeader.Builder(header).keyID(null).build();
		return select(nameless).stream().filter((key) -> key.getKeyID() == null).toList();
	}

	private List<JWK> select(JWSHeader header) {
		JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
		return (matcher != null) ? new JWKSelector(matcher).select(this.keys) : List.of();
	}

	int size() {
		return this.keys.size();
	}

	/**
	 * Return the ids of the first keys for people, in printable form because the issuer
	 * chose them.
	 */
	List<String> ids() {
		return this.keys.getKeys()
			.stream()
			.map(JWK::getKeyID)
			.filter(Objects::nonNull)
			.limit(MAXIMUM_IDS)
			.map(PrintableText::of)
			.toList();
	}

	List<String> algorithms() {
		return this.keys.getKeys().stream().map(FetchedKeySet::algorithm).distinct().sorted().toList();
	}

	private static String algorithm(JWK key) {
		return (key.getAlgorithm() != null) ? key.getAlgorithm().getName() : key.getKeyType().getValue();
	}

	Duration age(Instant now) {
		return Duration.between(this.loadedAt, now);
	}

	/**
	 * Return whether the set has reached an age. A set from the future counts by the
	 * distance: the clock was set back, so that its age is unknown.
	 */
	boolean hasLived(Duration life, Instant now) {
		return age(now).abs().compareTo(life) >= 0;
	}

}
