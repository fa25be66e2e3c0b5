package dev.authstarter.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Each defect breaks one part of a valid token, and the token is refused for that part.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureForgedTokens
class DefectTests {

	private static final String APPOINTMENTS = "/organizations/org_acme/appointments";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private TokenForge forge;

	private ForgedToken good() {
		return this.forge.token().withScopes("read:appointments").withRoles("editor").forOrganization("org_acme");
	}

	@Test
	void acceptsGoodToken() {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(good())).isNotRefused();
	}

	@ParameterizedTest
	@MethodSource("defects")
	void refusesDefect(UnaryOperator<ForgedToken> defect, Reason reason) {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(defect.apply(good()))).isRefusedWith(reason);
	}

	static Stream<Arguments> defects() {
		return Stream.of(defect("expired", ForgedToken::expired, Reason.TOKEN_EXPIRED),
				defect("expired since 31 seconds", (token) -> token.expiredSince(Duration.ofSeconds(31)),
						Reason.TOKEN_EXPIRED),
				defect("not yet valid", ForgedToken::notYetValid, Reason.TOKEN_NOT_YET_VALID),
				defect("without expiry", ForgedToken::withoutExpiry, Reason.MISSING_EXPIRY),
				defect("for another audience", (token) -> token.forAudience("https://other.example"),
						Reason.WRONG_AUDIENCE),
				defect("without audience", ForgedToken::withoutAudience, Reason.WRONG_AUDIENCE),
				defect("from another issuer", (token) -> token.fromIssuer("https://evil.example/"),
						Reason.WRONG_ISSUER),
				defect("from the issuer without its slash", (token) -> token.fromIssuer("https://acme.eu.auth0.com"),
						Reason.WRONG_ISSUER),
				defect("ID token", ForgedToken::asIdToken, Reason.ID_TOKEN),
				defect("refresh token", ForgedToken::asRefreshToken, Reason.REFRESH_TOKEN),
				defect("logout token", ForgedToken::asLogoutToken, Reason.LOGOUT_TOKEN),
				defect("another type", (token) -> token.withType("dpop+jwt"), Reason.WRONG_TYPE),
				defect("signed by an untrusted key", ForgedToken::signedByUntrustedKey, Reason.BAD_SIGNATURE),
				defect("with an unknown key", ForgedToken::withUnknownKey, Reason.UNKNOWN_KEY),
				defect("tampered", ForgedToken::tampered, Reason.BAD_SIGNATURE),
				defect("unsigned", ForgedToken::unsigned, Reason.ALGORITHM_NOT_ALLOWED),
				defect("signed with the public key as secret", ForgedToken::signedWithPublicKeyAsSecret,
						Reason.ALGORITHM_NOT_ALLOWED),
				defect("with an algorithm that is not allowed", (token) -> token.withAlgorithm(JWSAlgorithm.RS512),
						Reason.ALGORITHM_NOT_ALLOWED),
				defect("with a critical header", (token) -> token.withHeader("crit", List.of("x")),
						Reason.CRITICAL_HEADER),
				defect("bound to a key", (token) -> token.withClaim("cnf", Map.of("jkt", "x")),
						Reason.UNPROVEN_POSSESSION),
				defect("without subject and client", (token) -> token.withoutClaim("sub").withoutClaim("client_id"),
						Reason.MISSING_CLAIM),
				defect("without scope", (token) -> token.withScopes(), Reason.INSUFFICIENT_SCOPE),
				defect("for another organization", (token) -> token.forOrganization("org_globex"),
						Reason.ORGANIZATION_MISMATCH),
				defect("without organization", (token) -> token.withoutClaim("org_id"), Reason.ORGANIZATION_MISSING));
	}

	private static Arguments defect(String name, UnaryOperator<ForgedToken> defect, Reason reason) {
		return arguments(named(name, defect), reason);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519" })
	void acceptsAlgorithm(String algorithm) {
		ForgedToken token = good().withAlgorithm(JWSAlgorithm.parse(algorithm));
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(token)).isNotRefused();
	}

	@ParameterizedTest
	@ValueSource(strings = { "at+jwt", "application/at+jwt", "JWT" })
	void acceptsType(String type) {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(good().withType(type))).isNotRefused();
	}

	@Test
	void acceptsTokenWithoutType() {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(good().withoutHeader("typ"))).isNotRefused();
	}

	@Test
	void acceptsTokenThatExpiredWithinTheSkew() {
		ForgedToken token = good().expiredSince(Duration.ofSeconds(5));
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(token)).isNotRefused();
	}

	@Test
	void refusalNamesTheScope() {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(good().withScopes("write:appointments")))
			.isRefusedWith(Reason.INSUFFICIENT_SCOPE)
			.namesRequired("read:appointments");
	}

	@Test
	void refusesCallerWithoutTheRole() {
		ForgedToken token = good().withScopes("write:appointments").withRoles("viewer");
		assertThatResponse(this.mvc.delete().uri(APPOINTMENTS + "/1").with(token))
			.isRefusedWith(Reason.INSUFFICIENT_ROLE);
	}

}
