package dev.authstarter.token;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The strict profile of RFC 9068, over HTTP.
 */
@ApiTest(value = TestApi.class, properties = "auth-starter.profile=rfc9068")
class StrictProfileTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@ValueSource(strings = { "at+jwt", "AT+JWT", "application/at+jwt", "Application/At+Jwt" })
	void acceptsEverySpellingOfTheType(String type) {
		assertThat(answer(VALID.withType(type))).isEqualTo("200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JWT", "jwt", "application/jwt", "", "application/", "at+jwt;charset=utf-8", "x/at+jwt" })
	void refusesEveryOtherType(String type) {
		assertThat(answer(VALID.withType(type))).isEqualTo("401 wrong_type");
	}

	@Test
	void refusesMissingType() {
		assertThat(answer(VALID.withoutHeader("typ"))).isEqualTo("401 wrong_type");
		assertThat(answer(VALID.withHeader("typ", null))).isEqualTo("401 wrong_type");
	}

	@Test
	void saysWhatElseTheTokenIs() {
		assertThat(answer(VALID.withType("JWT").with("nonce", "n"))).isEqualTo("401 id_token");
		assertThat(answer(VALID.withType("logout+jwt"))).isEqualTo("401 logout_token");
	}

	@ParameterizedTest
	@CsvSource({ "iss, wrong_issuer", "exp, missing_expiry", "aud, wrong_audience", "sub, missing_claim",
			"client_id, missing_claim", "iat, missing_claim", "jti, missing_claim" })
	void refusesTokenWithoutRequiredClaim(String claim, String reason) {
		assertThat(answer(VALID.without(claim))).isEqualTo("401 " + reason);
		assertThat(answer(VALID.with(claim, null))).isEqualTo("401 " + reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "scope", "org_name", "roles" })
	void demandsNothingThatIsOptional(String claim) {
		assertThat(this.http.answer("/me", VALID.without(claim).signed())).isEqualTo("200");
	}

	private String answer(TestToken token) {
		return this.http.answer(NOTES, token.signed());
	}

}
