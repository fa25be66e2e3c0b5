package dev.authstarter.keys;

import java.time.Instant;
import java.util.List;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;

/**
 * The keys that an issuer published at some time.
 */
record KeySet(JWKSet keys, Instant loadedAt) {

	List<JWK> find(JWSHeader header) {
		JWKMatcher matcher = JWKMatcher.forJWSHeader(header);
		return (matcher != null) ? new JWKSelector(matcher).select(this.keys) : List.of();
	}

}
