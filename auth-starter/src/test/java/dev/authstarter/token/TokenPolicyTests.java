package dev.authstarter.token;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.Reason;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.Challenge;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A valid token, then the same token broken in one place per row, over HTTP.
 */
@ApiTest(value = TestApi.class, properties = "server.max-http-request-header-size=64KB")
class TokenPolicyTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final long NOW = TestApi.NOW.getEpochSecond();

	@Autowired
	HttpCalls http;

	static List<BrokenTokens.Row> brokenTokens() {
		return BrokenTokens.all();
	}

	@ParameterizedTest
	@MethodSource("brokenTokens")
	void refusesBrokenToken(BrokenTokens.Row row) {
		HttpResponse<String> response = this.http.getWithToken(NOTES, row.token());
		Reason reason = row.reason();
		assertThat(response.statusCode()).as(response.body()).isEqualTo(reason.status());
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason.code())
			.containsEntry("status", (long) reason.status())
			.containsEntry("title", reason.description());
		Map<String, @Nullable String> challenge = Map
			.copyOf(Challenge.parse(response.headers().firstValue("WWW-Authenticate").orElseThrow()));
		assertThat(challenge).containsEntry("realm", "api")
			.containsEntry("error", reason.error())
			.containsEntry("error_description", reason.description());
		assertThat(response.headers().allValues("WWW-Authenticate")).hasSize(1);
		assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
	}

	@Test
	void breaksTokensInAtLeast150Ways() {
		assertThat(BrokenTokens.all()).hasSizeGreaterThan(150)
			.extracting(BrokenTokens.Row::name)
			.doesNotHaveDuplicates();
	}

	static Stream<TestToken> goodTokens() {
		return Stream.of(VALID, VALID.withType("JWT"), VALID.withoutHeader("typ"), VALID.withoutHeader("kid"),
				VALID.withHeader("typ", null), VALID.withHeader("cty", "JWT"), VALID.withHeader("x", "unknown"),
				VALID.with("aud", List.of("https://other.example", TestToken.AUDIENCE)),
				VALID.with("aud", List.of(TestToken.ISSUER + "userinfo", TestToken.AUDIENCE, 1)),
				VALID.with("exp", NOW - 29).with("iat", NOW - 100), VALID.with("exp", NOW + 300.5),
				VALID.with("exp", 253_402_300_799L), VALID.with("nbf", NOW + 30), VALID.with("nbf", NOW),
				VALID.with("nbf", null), VALID.with("iat", NOW + 30), VALID.without("iat"), VALID.with("iat", null),
				VALID.without("jti"), VALID.with("sub", "42"), VALID.with("token_use", "access"),
				VALID.with("nonce", "n"), VALID.with("unknown", Map.of("a", List.of(1, 2))),
				VALID.withHeader("jku", "https://evil.example/keys"),
				VALID.withHeader("jwk", TestKey.OTHER_RSA.publicKey().toJSONObject()));
	}

	@ParameterizedTest
	@MethodSource("goodTokens")
	void acceptsGoodToken(TestToken token) {
		HttpResponse<String> response = this.http.getWithToken(NOTES, token.signed());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
	}

	@Test
	void acceptsNestingUpToTheLimit() {
		String claims = "{\"x\":" + "[".repeat(99) + "]".repeat(99) + "," + VALID.claimsJson().substring(1);
		String token = TestKey.RSA.sign(JWSAlgorithm.RS256, VALID.headerJson(), claims);
		assertThat(this.http.answer(NOTES, token)).isEqualTo("200");
	}

	static Stream<String> tokensOfEveryAlgorithm() {
		return Stream.of(VALID.signedAsBy(TestKey.RSA, JWSAlgorithm.RS256),
				VALID.signedAsBy(TestKey.RSA, JWSAlgorithm.PS256), VALID.signedAsBy(TestKey.P256, JWSAlgorithm.ES256),
				VALID.signedAsBy(TestKey.P384, JWSAlgorithm.ES384), VALID.signedAsBy(TestKey.P521, JWSAlgorithm.ES512),
				VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA),
				VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.Ed25519));
	}

	@ParameterizedTest
	@MethodSource("tokensOfEveryAlgorithm")
	void acceptsEveryAllowedAlgorithm(String token) {
		assertThat(this.http.getWithToken(NOTES, token).statusCode()).isEqualTo(200);
	}

}
