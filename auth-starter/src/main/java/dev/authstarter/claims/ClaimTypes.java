package dev.authstarter.claims;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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
		return Collections.unmodifiableMap(isPlain(issued) ? convertPlain(issued) : convertAny(issued));
	}

	private static boolean isPlain(Map<String, Object> claims) {
		return isPlainTime(claims.get("exp")) && isPlainTime(claims.get("iat")) && isPlainTime(claims.get("nbf"))
				&& isTextOrAbsent(claims, "iss") && isTextOrAbsent(claims, "sub") && isTextOrAbsent(claims, "jti")
				&& isPlainAudience(claims);
	}

	private static boolean isPlainTime(@Nullable Object value) {
		return value == null || value instanceof Integer || value instanceof Long;
	}

	private static boolean isTextOrAbsent(Map<String, Object> claims, String name) {
		Object value = claims.get(name);
		return (value != null) ? value instanceof String : !claims.containsKey(name);
	}

	private static boolean isPlainAudience(Map<String, Object> claims) {
		Object value = claims.get("aud");
		if (value instanceof List<?> audiences) {
			return audiences.stream().allMatch(String.class::isInstance);
		}
		return isTextOrAbsent(claims, "aud");
	}

	private static Map<String, Object> convertPlain(Map<String, Object> issued) {
		Map<String, Object> claims = new LinkedHashMap<>(issued);
		convertTime(claims, "exp");
		convertTime(claims, "iat");
		convertTime(claims, "nbf");
		if (claims.get("aud") instanceof String audience) {
			claims.put("aud", List.of(audience));
		}
		// Where a token does not say when it was issued, Spring Security does.
		if (claims.get("exp") instanceof Instant expiresAt && !claims.containsKey("iat")) {
			claims.put("iat", expiresAt.minusSeconds(1));
		}
		return claims;
	}

	private static void convertTime(Map<String, Object> claims, String name) {
		if (claims.get(name) instanceof Number seconds) {
			claims.put(name, Instant.ofEpochSecond(seconds.longValue()));
		}
		else {
			claims.remove(name);
		}
	}

	private static Map<String, Object> convertAny(Map<String, Object> issued) {
		try {
			Map<String, Object> claims = SPRING.convert(issued);
			if (claims != null) {
				return claims;
			}
		}
		catch (IllegalStateException | ConversionException ex) {
			// Told without the cause, which may quote the claim.
		}
		throw new IllegalArgumentException("A claim is not of its type");
	}

}
