package dev.authstarter.token;

import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;

/**
 * Keys that a test replaces while requests are sent.
 */
final class SwitchableKeys implements TrustedKeys, IssuerKeys {

	private volatile KeyLookup current;

	SwitchableKeys(JWK... keys) {
		this.current = KeySet.of(new JWKSet(List.of(keys)));
	}

	void publish(JWK... keys) {
		this.current = KeySet.of(new JWKSet(List.of(keys)));
	}

	void fail() {
		this.current = new KeyLookup.Unavailable();
	}

	@Override
	public IssuerKeys of(TrustedIssuer issuer) {
		return this;
	}

	@Override
	public KeyLookup current() {
		return this.current;
	}

}
