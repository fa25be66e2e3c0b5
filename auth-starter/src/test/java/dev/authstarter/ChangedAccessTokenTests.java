package dev.authstarter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tokens that differ from another in one fact.
 */
class ChangedAccessTokenTests {

	private static final Organization ACME = new Organization("acme", null, Set.of(), Set.of());

	private static final AccessToken TOKEN = new AccessToken("https://issuer.example", "u", "c", CallerType.MACHINE,
			Set.of("s"), Set.of("r"), Set.of("p"), List.of(ACME), "actor", Instant.EPOCH, Map.of("sub", "u"));

	static Stream<Change> changes() {
		return Stream.of(new Change("scopes", (token) -> token.withScopes(List.of("other"))),
				new Change("roles", (token) -> token.withRoles(List.of("other"))),
				new Change("permissions", (token) -> token.withPermissions(List.of("other"))),
				new Change("organizations", (token) -> token.withOrganizations(List.of())),
				new Change("claims", (token) -> token.withClaim("sub", "other")));
	}

	@ParameterizedTest
	@MethodSource("changes")
	void differsInOneFact(Change change) {
		assertThat(change.change.apply(TOKEN)).usingRecursiveComparison().ignoringFields(change.fact).isEqualTo(TOKEN);
		assertThat(change.change.apply(TOKEN)).isNotEqualTo(TOKEN);
	}

	@Test
	void keepsOtherClaims() {
		AccessToken changed = TOKEN.withClaim("plan", List.of("gold"));
		assertThat(changed.claims()).isEqualTo(Map.of("sub", "u", "plan", List.of("gold")));
		assertThat(TOKEN.claims()).isEqualTo(Map.of("sub", "u"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> changed.claims().put("plan", "free"));
	}

	private record Change(String fact, UnaryOperator<AccessToken> change) {

		@Override
		public String toString() {
			return this.fact;
		}

	}

}
