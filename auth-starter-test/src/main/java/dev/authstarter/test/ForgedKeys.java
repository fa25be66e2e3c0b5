package dev.authstarter.test;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import dev.authstarter.keys.TrustedKeys;

/**
 * The keys of a forge, in the place of those that its issuer publishes.
 */
final class ForgedKeys implements TrustedKeys {

	private final TokenForge forge;

	ForgedKeys(TokenForge forge) {
		this.forge = forge;
	}

	@Override
	public List<JWK> find(String issuer, JWSHeader header) {
		JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
		return (matcher != null && this.forge.issuer().equals(issuer))
				? new JWKSelector(matcher).select(this.forge.publicKeys()) : List.of();
	}

	/** The keys of a forge never change: tokens are remembered as in production. */
	@Override
	public Object generation(String issuer) {
		return this;
	}

}
