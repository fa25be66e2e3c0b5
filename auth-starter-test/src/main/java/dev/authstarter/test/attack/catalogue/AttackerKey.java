package dev.authstarter.test.attack.catalogue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

/**
 * A key that no issuer has, made on first use, once per JVM.
 */
final class AttackerKey {

	private static final int BITS = 2048;

	static final RSAKey PRIVATE = generate();

	static final RSAKey PUBLIC = PRIVATE.toPublicJWK();

	private AttackerKey() {
	}

	private static RSAKey generate() {
		try {
			return new RSAKeyGenerator(BITS).keyUse(KeyUse.SIGNATURE).keyID("attacker").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("Cannot create an RSA key", ex);
		}
	}

}
