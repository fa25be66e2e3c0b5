package dev.authstarter.operations;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.refusal.RefusalDiagnosis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The diagnosis of a refusal for developers.
 */
@ApiTest(value = AuditedApi.class, properties = "auth-starter.diagnostics.enabled=true")
class RefusalDiagnosisTests {

	private static final String NOTES = RefusalScenarios.NOTES;

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void saysWhatWasExpectedAndFound() {
		assertThat(diagnosis(this.valid.with("aud", "https://other.example").signed())).containsExactly(
				"Header: {alg=RS256, typ=at+jwt, kid=rsa}.",
				"Issuer: expected one of ['https://issuer.example/'], found 'https://issuer.example/'. It is trusted as "
						+ "'default'.",
				"Algorithm: expected one of [RS256, PS256, ES256, ES384, ES512, EdDSA, Ed25519], found 'RS256'.",
				"Kind of token: expected an access token, found the claims [aud, client_id, exp, iat, iss, jti, org_id, roles, "
						+ "scope, sub].",
				"Audience: expected one of [https://api.example], found [https://other.example].",
				"Time: expected a token valid at 2026-11-21T12:00:00Z, with a clock skew of PT30S, found issued at "
						+ "2026-11-21T12:00:00Z, valid from none, expires at 2026-11-21T12:05:00Z.",
				"Grants: a user with scopes [read:notes], roles [editor], permissions [], organizations ['org_acme' with "
						+ "roles [] and permissions []].",
				"Permissions: expected some in [permissions], found none.",
				"Hence 'wrong_audience': The token is meant for another audience.");
	}

	@Test
	void saysWhichLineLetsABareTokenIn() {
		TestToken bare = this.valid.withType("JWT")
			.without("client_id")
			.without("scope")
			.without("org_id")
			.without("roles")
			.without("jti");
		assertThat(diagnosis(bare.signed())).anySatisfy((step) -> assertThat(step).asString()
			.startsWith(
					"Proof: expected the header type 'at+jwt', or one of [scope, scp, client_id, cid, permissions, "))
			.anySatisfy((step) -> assertThat(step).asString()
				.endsWith("If access tokens of this issuer have no more claims than these, add this line to accept "
						+ "them: "
						+ "auth-starter.token.accept-if: \"sub & !nonce & !at_hash & !c_hash & !auth_time & !sid "
						+ "& !acr & !amr & !azp & !email & !name\""))
			.contains("Grants: To accept tokens without a grant, add this line: auth-starter.token.allow-no-grants: "
					+ "true");
		assertThat(diagnosis(bare.with("auth_time", 1).signed()).toString())
			.contains("Proof: expected the header type 'at+jwt'")
			.doesNotContain("this line");
	}

	@Test
	void saysWhoseTokenItMustBe() {
		assertThat(diagnosis(this.valid.without("sub").signed()))
			.contains("Caller: expected a subject in [sub], or the claims of a machine ([sub={client-id}, "
					+ "sub={client-id}@clients, gty=client-credentials, gty=client_credentials, "
					+ "header:gty=client_credentials, grant_type=client_credentials, idtyp=app, sub_type=client]) "
					+ "with a client in [client_id, azp, cid] and without any claim of a user, found neither.");
	}

	@Test
	void saysWhichClaimsAreNotAccepted() {
		assertThat(diagnosis(this.valid.with("cnf", Map.of("jkt", "x")).signed()))
			.contains("Possession: expected no claim 'cnf', since bound tokens are not accepted, found one.");
		assertThat(diagnosis(this.valid.with("sub", 42).signed()))
			.contains("Subject: expected a text in 'sub', found another type.");
	}

	@Test
	void namesTheTrustedIssuers() {
		assertThat(diagnosis(this.valid.with("iss", "https://issuer.example").signed()))
			.contains("Issuer: expected one of ['https://issuer.example/'], found 'https://issuer.example'. "
					+ "They differ only in the slash at the end.");
	}

	@Test
	void saysWhatIsNeeded() {
		assertThat(diagnosis(this.valid.with("scope", "other").signed())).contains("Needed: [read:notes].");
	}

	@Test
	void explainsWhatIsNoToken() {
		assertThat(diagnosis("opaque")).first().asString().endsWith("found something else of 6 characters in 1 parts.");
		assertThat(explanation(this.http.get(NOTES))).containsExactly(
				"Request: expected one Authorization header, found 0.",
				"Hence 'missing_token': A bearer token is required.");
	}

	static List<Reason> reasons() {
		return Reason.builtIn().stream().filter((reason) -> !reason.equals(Reason.NOT_FOUND)).toList();
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void explainsEveryRefusal(Reason reason) {
		RefusalScenarios.Attempt attempt = RefusalScenarios.all().get(reason);
		assertThat(attempt).isNotNull();
		HttpResponse<String> response = this.http.send(attempt.request().apply(this.http));
		assertThat(response.statusCode()).isLessThan(504);
		if (response.statusCode() >= 400) {
			Object code = HttpCalls.json(response).get("reason");
			assertThat(explanation(response)).last().asString().startsWith("Hence '" + code + "': ");
		}
	}

	@Test
	void saysWhatTheStrictProfileDemands() {
		start()
			.withPropertyValues("auth-starter.diagnostics.enabled=true", "auth-starter.profile=rfc9068",
					"auth-starter.token.required-claims=tenant")
			.run((started) -> {
				RefusalDiagnosis diagnosis = started.getBean(RefusalDiagnosis.class);
				String token = this.valid.with("aud", "one").withType("JWT").without("jti").signed();
				assertThat(diagnosis.explain(Refusal.of(Reason.WRONG_TYPE), List.of("Bearer " + token))).contains(
						"Profile: expected the header type 'at+jwt', which 'auth-starter.profile' requires.",
						"Required claims: expected all of [tenant], found all but [tenant].",
						"Required claims: expected all of [iss, exp, aud, sub, client_id, iat, jti], found all but [jti].");
			});
	}

	@Test
	void countsTheRulesOfTheApplicationWhereAllElsePasses() {
		start().withBean("rule", OAuth2TokenValidator.class, () -> (token) -> OAuth2TokenValidatorResult.success())
			.withPropertyValues("auth-starter.diagnostics.enabled=true")
			.run((started) -> {
				RefusalDiagnosis diagnosis = started.getBean(RefusalDiagnosis.class);
				String token = this.valid.with("aud", "one").signed();
				assertThat(diagnosis.explain(Refusal.of(Reason.REFUSED_BY_RULE), List.of("Bearer " + token))).contains(
						"Rules of the application: 1 OAuth2TokenValidator beans check every token last, and are not "
								+ "called here.");
			});
	}

	@Test
	void explainsNothingUnasked() {
		start().run((started) -> assertThat(started).doesNotHaveBean(RefusalDiagnosis.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "prod", "PROD", "production", "prod-eu", "eu_prod", "live" })
	void isRefusedTogetherWithProductionProfile(String profile) {
		start().withPropertyValues("auth-starter.diagnostics.enabled=true", "spring.profiles.active=" + profile)
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("auth-starter.diagnostics.enabled"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "product", "reproduce", "alive" })
	void isAllowedWithOtherProfiles(String profile) {
		start().withPropertyValues("auth-starter.diagnostics.enabled=true", "spring.profiles.active=" + profile)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void isWarnedOfAtTheStart(CapturedOutput output) {
		start().withPropertyValues("auth-starter.diagnostics.enabled=true")
			.run((started) -> assertThat(output).contains("warning: 'auth-starter.diagnostics.enabled' is 'true'"));
	}

	private static WebApplicationContextRunner start() {
		return new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one");
	}

	private List<Object> diagnosis(String token) {
		return explanation(this.http.getWithToken(NOTES, token));
	}

	private static List<Object> explanation(HttpResponse<String> response) {
		Map<String, Object> body = HttpCalls.json(response);
		assertThat(body.get("diagnosis")).isInstanceOf(List.class);
		return List.copyOf((List<?>) body.get("diagnosis"));
	}

}
