package dev.authstarter.authentication;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.jose.NumericDate;

import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Gives claims the types that Spring Security's users know. Nearly all tokens need no
 * more than instants for their times; the others are left to Spring Security, whose
 * conversion is ten times as dear.
 */
final class ClaimTypes {

	/** As Spring Security converts them, but the issuer stays as it is written. */
	private static final Converter<Map<String, Object>, Map<String, Object>> SPRING = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	private ClaimTypes() {
	}

	/**
	 * Convert the claims.
	 * @param issued the claims as JSON has them
	 * @return the claims as Spring Security has them, immutable
	 * @throws IllegalArgumentException if a claim has no such type
	 */
	static Map<String, Object> convert(Map<String, Object> issued) {
		return isPlain(issued) ? convertPlain(issued) : convertAny(issued);
	}

	private static boolean isPlain(Map<String, Object> claims) {
		return isTimeOrAbsent(claims, "exp") && isTimeOrAbsent(claims, "iat") && isTimeOrAbsent(claims, "nbf")
				&& isTextOrAbsent(claims, "iss") && isTextOrAbsent(claims, "sub") && isTextOrAbsent(claims, "jti")
				&& isPlainAudience(claims);
	}

	private static boolean isTimeOrAbsent(Map<String, Object> claims, String name) {
		Object value = claims.get(name);
		return (value != null) ? value instanceof Integer || value instanceof Long : !claims.containsKey(name);
	}

	private static boolean isTextOrAbsent(Map<String, Object> claims, String name) {
		Object value = claims.get(name);
		return (value != null) ? value instanceof String : !claims.containsKey(name);
	}

	private static boolean isPlainAudience(Map<String, Object> claims) {
		if (!(claims.get("aud") instanceof List<?> audiences)) {
			return isTextOrAbsent(claims, "aud");
		}
		for (Object audience : audiences) {
			if (!(audience instanceof String)) {
				return false;
			}
		}
		return true;
	}

	private static Map<String, Object> convertPlain(Map<String, Object> issued) {
		Map<String, Object> typed = new HashMap<>();
		convertTime("exp", issued, typed);
		convertTime("iat", issued, typed);
		convertTime("nbf", issued, typed);
		if (issued.get("aud") instanceof String audience) {
			typed.put("aud", List.of(audience));
		}
		// Where a token does not say when it was issued, Spring Security does.
		if (typed.get("exp") instanceof Instant expiresAt && !typed.containsKey("iat")) {
			typed.put("iat", expiresAt.minusSeconds(1));
		}
		return new TypedClaims(issued, typed);
	}

	private static void convertTime(String name, Map<String, Object> issued, Map<String, Object> typed) {
		if (issued.get(name) instanceof Number seconds) {
			typed.put(name, NumericDate.toInstant(seconds));
		}
	}

	private static Map<String, Object> convertAny(Map<String, Object> issued) {
		try {
			Map<String, Object> claims = SPRING.convert(issued);
			if (claims != null) {
				return Collections.unmodifiableMap(claims);
			}
		}
		catch (IllegalStateException | ConversionException ex) {
			// Told without the cause, which may quote the claim.
		}
		throw new IllegalArgumentException("A claim is not of its type");
	}

}
