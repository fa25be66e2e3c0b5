package dev.authstarter.test;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.TrustedKeys;

/**
 * The keys of a forge, in the place of those that its issuers publish.
 */
final class ForgedKeys implements TrustedKeys {

	private final TokenForge forge;

	ForgedKeys(TokenForge forge) {
		this.forge = forge;
	}

	@Override
	public List<JWK> find(TrustedIssuer issuer, JWSHeader header) {
		return this.forge.findKeys(issuer.issuer(), header);
	}

	/** The keys of a forge never change: tokens are remembered as in production. */
	@Override
	public Object keyVersion(TrustedIssuer issuer) {
		return this;
	}

}
