package dev.authstarter.test.issuer;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.test.issuer.key.IssuerKey;
import dev.authstarter.test.issuer.key.KeyRing;
import org.jspecify.annotations.Nullable;

/**
 * Makes and signs the issuer's tokens.
 */
final class IssuerTokens {

	static final Duration LIFETIME = Duration.ofMinutes(10);

	private final String issuer;

	private final KeyRing keys;

	private final Clock clock;

	IssuerTokens(String issuer, KeyRing keys, Clock clock) {
		this.issuer = issuer;
		this.keys = keys;
		this.clock = clock;
	}

	String accessToken(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		return sign(Map.of(), claims(audience, extraClaims));
	}

	/** The claims of RFC 9068 section 2.2. */
	Map<String, Object> claims(String audience, Map<String, ? extends @Nullable Object> extraClaims) {
		Instant now = this.clock.instant();
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", this.issuer);
		claims.put("sub", "user-42");
		claims.put("scope", "openid");
		claims.put("aud", audience);
		claims.put("client_id", "client-7");
		claims.put("iat", now.getEpochSecond());
		claims.put("exp", now.plus(LIFETIME).getEpochSecond());
		claims.put("jti", UUID.randomUUID().toString());
		replace(claims, extraClaims);
		return claims;
	}

	String sign(Map<String, ? extends @Nullable Object> header, Map<String, ? extends @Nullable Object> claims) {
		IssuerKey key = this.keys.select(header.get("kid"), header.get("alg"));
		Map<String, Object> whole = new LinkedHashMap<>();
		whole.put("alg", key.algorithm());
		whole.put("typ", "at+jwt");
		whole.put("kid", key.keyId());
		replace(whole, header);
		String input = encode(whole) + "." + encode(new LinkedHashMap<>(claims));
		return input + "." + key.sign(whole.get("alg"), input.getBytes(StandardCharsets.US_ASCII));
	}

	private static void replace(Map<String, Object> members, Map<String, ? extends @Nullable Object> replacements) {
		replacements.forEach((name, value) -> {
			members.remove(name);
			if (value != null) {
				members.put(name, value);
			}
		});
	}

	private static String encode(Map<String, ?> members) {
		return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
	}

}
