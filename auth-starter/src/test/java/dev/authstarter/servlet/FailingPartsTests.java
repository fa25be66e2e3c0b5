package dev.authstarter.servlet;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.organization.OrganizationPolicy;
import dev.authstarter.refusal.RefusalExplainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Parts of the application that fail while a request is processed. Requests of
 * unauthenticated clients are answered as usual and do not write a stack trace each time.
 */
@ExtendWith(OutputCaptureExtension.class)
class FailingPartsTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final String FORGED = VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256);

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { FailingListener.class, FailingEventListener.class, FailingExplainer.class,
			FailingAuthenticationListener.class, FailingDecoder.class, FailingPolicy.class, FailingValidator.class })
	void answersUnauthenticatedClientsAsBefore(Class<?> api, CapturedOutput output) {
		HttpCalls http = start(api);
		for (int i = 0; i < 20; i++) {
			assertThat(http.answer(NOTES, FORGED)).isEqualTo("401 bad_signature");
			HttpResponse<String> unauthenticated = http.get(NOTES);
			assertThat(unauthenticated.statusCode()).isEqualTo(401);
			assertThat(HttpCalls.json(unauthenticated)).containsOnlyKeys("type", "title", "status", "reason");
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("on purpose"))).hasSizeLessThanOrEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(classes = { FailingListener.class, FailingEventListener.class, FailingExplainer.class,
			FailingAuthenticationListener.class })
	void changesNothingForGoodTokens(Class<?> api) {
		assertThat(start(api).answer(NOTES, VALID.signed())).isEqualTo("200");
	}

	/** The result of the failed part is unknown, so the request is refused. */
	@ParameterizedTest
	@ValueSource(classes = { FailingDecoder.class, FailingPolicy.class, FailingValidator.class })
	void failsWhereAPartThatDecidesFails(Class<?> api) {
		HttpResponse<String> response = start(api).getWithToken(NOTES, VALID.signed());
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(HttpCalls.json(response)).containsOnlyKeys("timestamp", "status", "error", "path");
	}

	private HttpCalls start(Class<?> api) {
		this.context = new SpringApplicationBuilder(TestApi.class, api).properties(Map.of("server.port", "0",
				"auth-starter.issuer", TestToken.ISSUER, "auth-starter.audience", TestToken.AUDIENCE))
			.run();
		return new HttpCalls(Objects.requireNonNull(this.context)
			.getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class));
	}

	private static IllegalStateException failure() {
		return new IllegalStateException("on purpose");
	}

	@Configuration(proxyBeanMethods = false)
	static class FailingListener {

		@Bean
		AuthListener listener() {
			return new AuthListener() {

				@Override
				public void requestRefused(RequestRefused refused) {
					throw failure();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingEventListener {

		@EventListener
		void refused(RequestRefused refused) {
			throw failure();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingExplainer {

		@Bean
		RefusalExplainer explainer() {
			return (refusal, request) -> {
				throw failure();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingAuthenticationListener {

		@EventListener
		void failed(AbstractAuthenticationFailureEvent event) {
			throw failure();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingDecoder {

		@Bean
		AccessTokenCustomizer decoder() {
			return (token) -> {
				throw failure();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingPolicy {

		@Bean
		OrganizationPolicy policy() {
			return (issuer, organization) -> {
				throw failure();
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class FailingValidator {

		@Bean
		OAuth2TokenValidator<Jwt> validator() {
			return (jwt) -> {
				throw failure();
			};
		}

	}

}
