package dev.authstarter.introspection;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.JsonServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.token.TokenAutoConfiguration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.oauth2.jwt.JwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The answers of real introspection endpoints, with the preset for their server.
 */
class IntrospectedPresetsTests {

	@ParameterizedTest
	@ValueSource(strings = { "keycloak", "hydra", "okta", "curity", "pingfederate", "authentik",
			"spring-authorization-server", "duende", "generic" })
	void validatesAnswersWithThePresetOfTheirServer(String provider) throws Exception {
		List<IntrospectedAnswer> answers = IntrospectedAnswer.all()
			.stream()
			.filter((answer) -> answer.provider().equals(provider))
			.toList();
		assertThat(answers).isNotEmpty();
		try (JsonServer server = new JsonServer("/introspect")) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class,
						EventAutoConfiguration.class, IssuerAutoConfiguration.class, KeysAutoConfiguration.class,
						ClaimsAutoConfiguration.class, AuthoritiesAutoConfiguration.class,
						TokenAutoConfiguration.class))
				.withBean(AuthStarterAutoConfiguration.CLOCK, Clock.class,
						() -> Clock.fixed(TestApi.NOW, ZoneOffset.UTC))
				.withBean(TrustedKeys.class, () -> (issuer) -> () -> KeySet.of(new JWKSet()))
				.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
						"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.provider=" + provider,
						"auth-starter.introspection.uri=" + server.uri("/introspect"),
						"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret")
				.run((started) -> {
					JwtDecoder decoder = started.getBean(JwtDecoder.class);
					for (IntrospectedAnswer answer : answers) {
						server.answer(200, JSONObjectUtils.toJSONString(answer.answer()));
						assertThat(validate(decoder, answer.name())).as(answer.name()).isEqualTo(answer.preset());
					}
				});
		}
	}

	private static String validate(JwtDecoder decoder, String token) {
		Throwable thrown = catchThrowable(() -> decoder.decode(token));
		if (thrown instanceof Refused refused) {
			Refusal refusal = refused.refusal();
			return refusal.reason().status() + " " + refusal.reason().code();
		}
		return (thrown != null) ? thrown.toString() : "200";
	}

}
