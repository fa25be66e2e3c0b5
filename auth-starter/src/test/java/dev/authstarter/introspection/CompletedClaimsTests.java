package dev.authstarter.introspection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class CompletedClaimsTests {

	private static final Map<String, Object> SIGNED = Map.of("iss", "https://issuer.example/", "exp", 2, "azp", "spa",
			"scope", "read");

	@Test
	void addsWhatIsMissing() {
		Map<String, Object> claims = CompletedClaims.of(SIGNED,
				Map.of("active", true, "sub", "alice", "roles", List.of("a")));
		assertThat(claims).containsAllEntriesOf(SIGNED)
			.containsEntry("sub", "alice")
			.containsEntry("roles", List.of("a"))
			.hasSize(6);
		assertThatException().isThrownBy(() -> claims.put("scope", "all"));
	}

	@Test
	void keepsWhatIsSigned() {
		assertThat(CompletedClaims.of(SIGNED, Map.of("exp", 3, "scope", "read write"))).isEqualTo(SIGNED);
	}

	/**
	 * With {@code client_id}, Keycloak's tokens of persons would be those of machines.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "active", "client_id", "username", "token_type" })
	void addsNothingThatIsNoClaim(String name) {
		assertThat(CompletedClaims.of(SIGNED, Map.of(name, "x"))).isEqualTo(SIGNED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "sub", "client_id", "azp", "jti" })
	void refusesAnswerAboutAnotherToken(String name) {
		Map<String, Object> signed = new HashMap<>(SIGNED);
		signed.put(name, "42");
		assertThat(CompletedClaims.refuse(signed, Map.of(name, "43"))).isEqualTo(Reason.INACTIVE_TOKEN);
		assertThat(CompletedClaims.refuse(signed, Map.of(name, List.of("42")))).isEqualTo(Reason.INACTIVE_TOKEN);
		assertThat(CompletedClaims.refuse(signed, Map.of(name, 42))).isNull();
		assertThat(CompletedClaims.refuse(signed, Map.of())).isNull();
	}

	@Test
	void refusesAnswerOfAnotherIssuerAndAboutTokenOfAnotherKind() {
		assertThat(CompletedClaims.refuse(SIGNED, Map.of("iss", "https://evil.example/")))
			.isEqualTo(Reason.WRONG_ISSUER);
		assertThat(CompletedClaims.refuse(SIGNED, Map.of("token_use", "id"))).isEqualTo(Reason.ID_TOKEN);
	}

}
