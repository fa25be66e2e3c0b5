package dev.authstarter.authentication;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.core.convert.ConversionException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types of claims are those of Spring Security's own conversion.
 */
@SuppressWarnings("NullAway") // JSON's null is among the values.
class ClaimTypesTests {

	private static final MappedJwtClaimSetConverter SPRING = MappedJwtClaimSetConverter
		.withDefaults(Map.of("iss", (issuer) -> issuer));

	private static final List<String> CLAIMS = List.of("iss", "sub", "aud", "exp", "iat", "nbf", "jti", "scope");

	private static final List<@Nullable Object> VALUES = Arrays.asList(null, "text", "", "1700000000", 1_700_000_000,
			1_700_000_000L, 1_700_000_000.5, BigInteger.valueOf(1_700_000_000), -1, 0L, true, List.of(), List.of("a"),
			List.of("a", "b"), List.of(1, 2L), Arrays.asList("a", null), List.of(List.of("a")), Map.of("a", "b"),
			"2026-11-21T12:00:00Z");

	@Test
	void convertsEveryClaimAsSpringSecurityDoes() {
		for (String name : CLAIMS) {
			for (Object value : VALUES) {
				for (Map<String, Object> claims : List.of(valid(), new HashMap<String, Object>())) {
					claims.put(name, value);
					assertThat(ours(claims)).as("%s = %s", name, value).isEqualTo(springs(claims));
				}
			}
		}
	}

	@Test
	void leavesWhatIsAbsentAbsent() {
		for (String name : CLAIMS) {
			Map<String, Object> claims = valid();
			claims.remove(name);
			assertThat(ours(claims)).as(name).isEqualTo(springs(claims));
		}
	}

	private static Map<String, Object> valid() {
		return new HashMap<>(Map.of("iss", "https://issuer.example/", "sub", "auth0|42", "aud", List.of("a", "b"),
				"exp", 1_700_000_300, "iat", 1_700_000_000L, "nbf", 1_700_000_000, "jti", "1", "scope", "read:notes"));
	}

	private static Object ours(Map<String, Object> claims) {
		try {
			return ClaimTypes.convert(claims);
		}
		catch (IllegalArgumentException ex) {
			return "refused";
		}
	}

	private static @Nullable Object springs(Map<String, Object> claims) {
		try {
			return SPRING.convert(claims);
		}
		catch (IllegalArgumentException | IllegalStateException | ConversionException ex) {
			return "refused";
		}
	}

}
