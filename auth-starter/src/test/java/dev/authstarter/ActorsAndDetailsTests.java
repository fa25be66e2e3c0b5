package dev.authstarter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ActorsAndDetailsTests {

	@Test
	void namesTheCurrentActorFirstAndThoseBeforeItThen() {
		// RFC 8693 section 4.1, figure 6, with an issuer
		AccessToken token = token("act", Map.of("sub", "https://service16.example.com", "iss", "https://issuer.example",
				"act", Map.of("sub", "https://service77.example.com")));
		assertThat(token.actors()).extracting(Actor::subject)
			.containsExactly("https://service16.example.com", "https://service77.example.com");
		assertThat(token.actors()).extracting(Actor::issuer).containsExactly("https://issuer.example", null);
		assertThat(token.actors().get(0).claims()).containsOnlyKeys("sub", "iss");
	}

	@ParameterizedTest
	@MethodSource("unreadable")
	void knowsNoActorWhereThereIsNone(@Nullable Object act) {
		assertThat(token("act", act).actors()).isEmpty();
	}

	static List<@Nullable Object> unreadable() {
		List<@Nullable Object> values = new ArrayList<>(List.of("service", 1, true, List.of(Map.of("sub", "service"))));
		values.add(null);
		return values;
	}

	@Test
	void knowsAnActorWithoutASubject() {
		assertThat(token("act", Map.of("sub", 1, "iss", "")).actors()).singleElement().satisfies((actor) -> {
			assertThat(actor.subject()).isNull();
			assertThat(actor.issuer()).isNull();
		});
	}

	@Test
	void readsAuthorizationDetails() {
		// RFC 9396 section 2.2
		AccessToken token = token("authorization_details",
				List.of(Map.of("type", "customer_information", "locations", List.of("https://example.com/customers"),
						"actions", List.of("read", "write"), "datatypes", List.of("contacts", "photos"), "identifier",
						"account-14-32-32-3", "privileges", List.of("admin"), "limit", 5)));
		assertThat(token.authorizationDetails()).singleElement().satisfies((detail) -> {
			assertThat(detail.type()).isEqualTo("customer_information");
			assertThat(detail.locations()).containsExactly("https://example.com/customers");
			assertThat(detail.actions()).containsExactly("read", "write");
			assertThat(detail.datatypes()).containsExactly("contacts", "photos");
			assertThat(detail.identifier()).isEqualTo("account-14-32-32-3");
			assertThat(detail.privileges()).containsExactly("admin");
			assertThat(detail.members()).containsEntry("limit", 5);
		});
	}

	@Test
	void leavesOutWhatAuthorizesNothing() {
		assertThat(token("authorization_details",
				List.of("text", 1, Map.of("actions", List.of("read")), Map.of("type", 1), Map.of("type", "account")))
			.authorizationDetails()).extracting(AuthorizationDetail::type).containsExactly("account");
		assertThat(token("authorization_details", Map.of("type", "account")).authorizationDetails()).isEmpty();
		assertThat(token("authorization_details", null).authorizationDetails()).isEmpty();
		AuthorizationDetail detail = token("authorization_details",
				List.of(Map.of("type", "account", "actions", List.of("read", 1), "locations", "here", "identifier", 1)))
			.authorizationDetails()
			.get(0);
		assertThat(detail.actions()).containsExactly("read");
		assertThat(detail.locations()).isEmpty();
		assertThat(detail.identifier()).isNull();
	}

	@Test
	void saysNothingOfClaims() {
		AccessToken token = token("act", Map.of("sub", "secret"));
		assertThat(token.actors()).asString().doesNotContain("secret");
		assertThat(new AuthorizationDetail("secret", Map.of())).asString().doesNotContain("secret");
	}

	private static AccessToken token(String claim, @Nullable Object value) {
		Map<String, Object> claims = new HashMap<>();
		claims.put(claim, value);
		return new AccessToken("https://issuer.example/", "42", null, CallerType.USER, Set.of(), Set.of(), Set.of(),
				List.of(), null, Instant.MAX, claims);
	}

}
