package dev.authstarter.test;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;

/**
 * The keys of a forge, in place of the keys that its issuers publish.
 */
final class ForgedKeys implements TrustedKeys {

	private final TokenForge forge;

	ForgedKeys(TokenForge forge) {
		this.forge = forge;
	}

	/** The keys of a forge never change: tokens are cached as in production. */
	@Override
	public IssuerKeys of(TrustedIssuer issuer) {
		KeySet keys = (header) -> this.forge.findKeys(issuer.issuer(), header);
		return () -> keys;
	}

}
