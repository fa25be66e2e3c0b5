package dev.authstarter.keys;

import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that may sign for an issuer. This is the one seam that tests replace:
 * everything else about a token is judged by the application's real code.
 */
@FunctionalInterface
public interface TrustedKeys {

	/**
	 * Find the keys that may have signed a token.
	 * @param issuer one of the issuers that this API trusts
	 * @param header the token's header; algorithm and key id choose among the issuer's
	 * keys
	 * @return the keys that fit, in the order to try them; empty if the issuer has none
	 * @throws KeysUnavailableException if the issuer's keys are not known at the moment
	 */
	List<JWK> find(TrustedIssuer issuer, JWSHeader header) throws KeysUnavailableException;

	/**
	 * Find the keys that may have signed a token, after those found before did not verify
	 * it: the issuer may have replaced a key without changing its id.
	 * @param issuer one of the issuers that this API trusts
	 * @param header the token's header
	 * @param failed the keys that fit and do not verify the token
	 * @return other keys that fit; empty if there are none, or if the issuer was asked
	 * too often lately
	 * @throws KeysUnavailableException if the issuer's keys are not known at the moment
	 */
	default List<JWK> findReplacements(TrustedIssuer issuer, JWSHeader header, List<JWK> failed)
			throws KeysUnavailableException {
		return List.of();
	}

	/**
	 * Name the present keys of an issuer, so that whoever remembers what they verified
	 * knows when to forget it.
	 * @param issuer one of the issuers that this API trusts
	 * @return an object that is the same as long as the keys are the same, to be compared
	 * by identity; {@code null} if nothing may be remembered
	 * @throws KeysUnavailableException if the issuer's keys are not known at the moment
	 */
	default @Nullable Object keyVersion(TrustedIssuer issuer) throws KeysUnavailableException {
		return null;
	}

}
