package dev.authstarter.benchmarks;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.TrustedKeys;

/**
 * Trust in the keys of a forge, in memory as the keys of a running issuer are.
 */
final class ForgeTrust implements TrustedKeys {

	private final JWKSet keys;

	ForgeTrust(JWKSet keys) {
		this.keys = keys;
	}

	@Override
	public List<JWK> find(TrustedIssuer issuer, JWSHeader header) {
		return new JWKSelector(JWKMatcher.forJWSHeader(header)).select(this.keys);
	}

	@Override
	public Object keyVersion(TrustedIssuer issuer) {
		return this;
	}

}
