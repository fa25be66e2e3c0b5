package dev.authstarter.seam;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with only Spring Boot's properties behaves the same as one with this
 * library's properties.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BootAloneTests {

	private static final String BOOT = "spring.security.oauth2.resourceserver.";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private final JsonServer keys = new JsonServer("/keys");

	private final IntrospectionServer introspection = new IntrospectionServer(
			"{\"active\":true,\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"auth0|42\",\"client_id\":\"spa\",\"scope\":\"read:notes\",\"exp\":%d,\"token_type\":\"Bearer\"}"
				.formatted(TestToken.ISSUER, TestToken.AUDIENCE, TestApi.NOW.getEpochSecond() + 300));

	private ConfigurableApplicationContext boot;

	private ConfigurableApplicationContext own;

	BootAloneTests() {
		this.keys.answer(200,
				new JWKSet(List.of(TestKey.RSA.publicKey(), TestKey.P256.publicKey(), TestKey.P384.publicKey()))
					.toString());
		this.boot = SeamApi.start(Map.of(BOOT + "jwt.issuer-uri", TestToken.ISSUER, BOOT + "jwt.audiences",
				TestToken.AUDIENCE, BOOT + "jwt.jwk-set-uri", this.keys.uri("/keys").toString(),
				BOOT + "jwt.jws-algorithms", "RS256,ES256", BOOT + "jwt.authority-prefix", "perm:",
				BOOT + "opaquetoken.introspection-uri", this.introspection.uri().toString(),
				BOOT + "opaquetoken.client-id", "api", BOOT + "opaquetoken.client-secret", "secret"));
		this.own = SeamApi.start(Map.of("auth-starter.issuer", TestToken.ISSUER, "auth-starter.audience",
				TestToken.AUDIENCE, "auth-starter.jwks-uri", this.keys.uri("/keys").toString(),
				"auth-starter.algorithms", "RS256,ES256", "auth-starter.authorities.scope-prefix", "perm:",
				"auth-starter.introspection.uri", this.introspection.uri().toString(),
				"auth-starter.introspection.client-id", "api", "auth-starter.introspection.client-secret", "secret"));
	}

	@BeforeAll
	void fetchesItsKeysFromThere() {
		assertThat(this.keys.questions()).isNotEmpty();
	}

	@AfterAll
	void stop() {
		this.boot.close();
		this.own.close();
		this.keys.close();
		this.introspection.close();
	}

	@Test
	void answersAlike() {
		Map<String, String> tokens = new LinkedHashMap<>();
		tokens.put("valid", VALID.signed());
		tokens.put("other allowed algorithm", VALID.signedAsBy(TestKey.P256, JWSAlgorithm.ES256));
		tokens.put("algorithm that is not allowed", VALID.signedAsBy(TestKey.P384, JWSAlgorithm.ES384));
		tokens.put("other issuer", VALID.with("iss", "https://other.example/").signed());
		tokens.put("other audience", VALID.with("aud", "other").signed());
		tokens.put("untrusted key", VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256));
		tokens.put("expired", VALID.with("exp", TestApi.NOW.getEpochSecond() - 60).signed());
		tokens.put("without the scope", VALID.with("scope", "other").signed());
		tokens.put("active opaque", "good");
		tokens.put("inactive opaque", "bad");
		Map<String, String> answers = new LinkedHashMap<>();
		tokens.forEach((name, token) -> {
			for (String path : List.of("/me", "/organizations/org_acme/notes", "/editors")) {
				String answer = SeamApi.http(this.boot).answer(path, token);
				answers.put(name + " " + path, answer);
				assertThat(answer).as(name + " " + path).isEqualTo(SeamApi.http(this.own).answer(path, token));
			}
		});
		assertThat(answers).containsEntry("valid /organizations/org_acme/notes", "200")
			.containsEntry("other allowed algorithm /me", "200")
			.containsEntry("algorithm that is not allowed /me", "401 algorithm_not_allowed")
			.containsEntry("other audience /me", "401 wrong_audience")
			.containsEntry("without the scope /organizations/org_acme/notes", "403 insufficient_scope")
			.containsEntry("active opaque /me", "200")
			.containsEntry("inactive opaque /me", "401 inactive_token");
	}

	@Test
	void givesCallersTheSameAuthorities() {
		String token = VALID.signed();
		Object ofBoot = HttpCalls.json(SeamApi.http(this.boot).getWithToken("/me", token)).get("authorities");
		assertThat(ofBoot).asString().contains("perm:read:notes", "ROLE_editor");
		assertThat(SeamApi.http(this.own).getWithToken("/me", token).body()).contains("perm:read:notes", "ROLE_editor");
	}

}
