package dev.authstarter.benchmarks;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;

/**
 * Trust in the keys of a forge, in memory as the keys of a running issuer are.
 */
final class ForgeTrust implements TrustedKeys {

	private final KeySet keys;

	ForgeTrust(JWKSet keys) {
		this.keys = KeySet.of(keys);
	}

	@Override
	public IssuerKeys of(TrustedIssuer issuer) {
		return () -> this.keys;
	}

}
