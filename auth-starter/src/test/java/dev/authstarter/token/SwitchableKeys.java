package dev.authstarter.token;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.KeysUnavailableException;
import dev.authstarter.keys.TrustedKeys;

/**
 * Keys that a test exchanges while requests go on. Counts how often somebody looked for
 * one: once for each header while the keys stay, never for a token that is remembered.
 */
final class SwitchableKeys implements TrustedKeys {

	private final AtomicInteger lookUps = new AtomicInteger();

	private volatile JWKSet current;

	private volatile boolean available = true;

	SwitchableKeys(JWK... keys) {
		this.current = new JWKSet(List.of(keys));
	}

	void publish(JWK... keys) {
		this.current = new JWKSet(Stream.of(keys).toList());
	}

	void fail() {
		this.available = false;
	}

	int lookUps() {
		return this.lookUps.get();
	}

	@Override
	public List<JWK> find(TrustedIssuer issuer, JWSHeader header) {
		this.lookUps.incrementAndGet();
		return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(this.current);
	}

	@Override
	public Object keyVersion(TrustedIssuer issuer) throws KeysUnavailableException {
		if (!this.available) {
			throw new KeysUnavailableException("No usable keys");
		}
		return this.current;
	}

}
