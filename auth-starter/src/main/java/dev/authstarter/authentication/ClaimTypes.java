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
 * Converts claims to the types that Spring Security documents. Most tokens need only
 * their times converted to instants; Spring Security's slower general conversion is used
 * for the others.
 */
final class ClaimTypes {

	/** Spring Security's conversion, except that the issuer is unchanged. */
	private static final Converter<Map<String, Object>, Map<String, Object>> SPRING = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	private ClaimTypes() {
	}

	/**
	 * Convert the claims.
	 * @param issued the claims with their JSON types
	 * @return the claims with the types of Spring Security, immutable
	 * @throws IllegalArgumentException if a claim cannot be converted
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
		// If a token has no issue time, Spring Security derives one.
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
			// Without the cause, whose message may quote the claim.
		}
		throw new IllegalArgumentException("A claim has the wrong type");
	}

}
