package dev.authstarter.token;

import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that properties and beans of the application add to the policy, over HTTP.
 */
@ApiTest(value = { TestApi.class, ConfiguredPolicyTests.Rules.class },
		properties = { "auth-starter.token.required-claims=jti,https://acme.example/tier",
				"auth-starter.token.maximum-lifetime=10m", "auth-starter.token.maximum-length=2KB",
				"auth-starter.algorithms=ES256", "auth-starter.clock-skew=0" })
class ConfiguredPolicyTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String TIER = "https://acme.example/tier";

	private static final long NOW = TestApi.NOW.getEpochSecond();

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW).with(TIER, "gold");

	@Autowired
	HttpCalls http;

	@Test
	void acceptsValidToken() {
		assertThat(answer(VALID)).isEqualTo("200");
	}

	// Required claims

	@Test
	void refusesTokenWithoutRequiredClaim() {
		assertThat(answer(VALID.without("jti"))).isEqualTo("401 missing_claim");
		assertThat(answer(VALID.without(TIER))).isEqualTo("401 missing_claim");
		assertThat(answer(VALID.with(TIER, null))).isEqualTo("401 missing_claim");
	}

	@Test
	void asksNoMoreOfClaimThanToBeThere() {
		assertThat(answer(VALID.with(TIER, false))).isEqualTo("200");
		assertThat(answer(VALID.with(TIER, ""))).isEqualTo("200");
	}

	@Test
	void comparesNamesOfClaimsExactly() {
		assertThat(answer(VALID.without("jti").with("JTI", "1"))).isEqualTo("401 missing_claim");
	}

	// Lifetime

	@Test
	void drawsTheLineAtMaximumLifetime() {
		assertThat(answer(VALID.with("iat", NOW - 300).with("exp", NOW + 300))).isEqualTo("200");
		assertThat(answer(VALID.with("iat", NOW - 301).with("exp", NOW + 300))).isEqualTo("401 lifetime_too_long");
		assertThat(answer(VALID.with("iat", NOW - 300).with("exp", NOW + 301))).isEqualTo("401 lifetime_too_long");
	}

	@Test
	void refusesTokenWhoseLifetimeIsUnknown() {
		assertThat(answer(VALID.without("iat"))).isEqualTo("401 lifetime_too_long");
		assertThat(answer(VALID.with("iat", null))).isEqualTo("401 lifetime_too_long");
	}

	@Test
	void doesNotTakeNotBeforeForIssuedAt() {
		assertThat(answer(VALID.without("iat").with("nbf", NOW))).isEqualTo("401 lifetime_too_long");
	}

	// Algorithms

	@Test
	void refusesAlgorithmThatIsNotConfigured() {
		assertThat(this.http.answer(NOTES, VALID.signed())).isEqualTo("401 algorithm_not_allowed");
		assertThat(this.http.answer(NOTES, VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA)))
			.isEqualTo("401 algorithm_not_allowed");
		assertThat(this.http.answer(NOTES, VALID.signedAsBy(TestKey.P384, JWSAlgorithm.ES384)))
			.isEqualTo("401 algorithm_not_allowed");
	}

	@Test
	void refusesAlgorithmBeforeItLooksForTheKey() {
		assertThat(this.http.answer(NOTES, VALID.withHeader("kid", "unknown").signed()))
			.isEqualTo("401 algorithm_not_allowed");
	}

	// Clock skew

	@Test
	void drawsTheLineAtExpiry() {
		assertThat(answer(VALID.with("iat", NOW - 60).with("exp", NOW + 1))).isEqualTo("200");
		assertThat(answer(VALID.with("iat", NOW - 60).with("exp", NOW))).isEqualTo("401 token_expired");
		assertThat(answer(VALID.with("iat", NOW - 60).with("exp", NOW - 1))).isEqualTo("401 token_expired");
	}

	@Test
	void drawsTheLineAtStart() {
		assertThat(answer(VALID.with("nbf", NOW))).isEqualTo("200");
		assertThat(answer(VALID.with("nbf", NOW + 1))).isEqualTo("401 token_not_yet_valid");
		assertThat(answer(VALID.with("iat", NOW))).isEqualTo("200");
		assertThat(answer(VALID.with("iat", NOW + 1))).isEqualTo("401 token_not_yet_valid");
	}

	// Length

	@Test
	void drawsTheLineAtMaximumLength() {
		assertThat(this.http.answer(NOTES, "a".repeat(2048 - 4) + ".b.c")).isEqualTo("401 malformed_token");
		assertThat(this.http.answer(NOTES, "a".repeat(2048 - 4) + ".b.cd")).isEqualTo("401 token_too_long");
	}

	// Rules of the application

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ACCEPT")
	void refusesWhatRuleRefuses(Verdict verdict) {
		assertThat(answer(VALID.with("verdict", verdict.name()))).isEqualTo("401 refused_by_rule");
	}

	@Test
	void cannotBeWidenedByRule() {
		TestToken praised = VALID.with("verdict", Verdict.ACCEPT.name());
		assertThat(answer(praised)).isEqualTo("200");
		assertThat(answer(praised.with("aud", "https://other.example"))).isEqualTo("401 wrong_audience");
		assertThat(answer(praised.with("iss", "https://evil.example/"))).isEqualTo("401 wrong_issuer");
		assertThat(answer(praised.with("exp", NOW - 1).with("iat", NOW - 60))).isEqualTo("401 token_expired");
		assertThat(answer(praised.withType("id_token+jwt"))).isEqualTo("401 id_token");
		assertThat(this.http.answer(NOTES,
				praised.withHeader("kid", TestKey.P256.keyId())
					.withHeader("alg", "ES256")
					.signedBy(TestKey.P521, JWSAlgorithm.ES512)))
			.isEqualTo("401 bad_signature");
	}

	@Test
	void showsNoRuleTokenThatIsNotGenuine() {
		int before = Rules.SEEN.get();
		answer(VALID.with("aud", "https://other.example"));
		this.http.answer(NOTES, VALID.withHeader("kid", "unknown").signed());
		assertThat(Rules.SEEN).hasValue(before);
		answer(VALID);
		assertThat(Rules.SEEN).hasValue(before + 1);
	}

	private String answer(TestToken token) {
		return this.http.answer(NOTES, sign(token));
	}

	private static String sign(TestToken token) {
		return token.signedAsBy(TestKey.P256, JWSAlgorithm.ES256);
	}

	/**
	 * The expected result for a token.
	 */
	enum Verdict {

		ACCEPT, REFUSE, REFUSE_WITHOUT_AN_ERROR_DESCRIPTION

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Rules {

		static final AtomicInteger SEEN = new AtomicInteger();

		@Bean
		OAuth2TokenValidator<Jwt> yesSayer() {
			return (jwt) -> {
				SEEN.incrementAndGet();
				return OAuth2TokenValidatorResult.success();
			};
		}

		@Bean
		OAuth2TokenValidator<Jwt> naySayer() {
			return (jwt) -> {
				String verdict = jwt.getClaimAsString("verdict");
				if (Verdict.REFUSE.name().equals(verdict)) {
					return OAuth2TokenValidatorResult
						.failure(new OAuth2Error("invalid_token", "Line\r\nbreak \"quoted\"", null));
				}
				if (Verdict.REFUSE_WITHOUT_AN_ERROR_DESCRIPTION.name().equals(verdict)) {
					return OAuth2TokenValidatorResult.failure(new OAuth2Error("other"));
				}
				return OAuth2TokenValidatorResult.success();
			};
		}

	}

}
