package dev.authstarter.refusal;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.authstarter.Refusal;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies of refusals that an application writes, over HTTP.
 */
@ApiTest(value = RefusalBodyCustomizerTests.Api.class, properties = "auth-starter.refusals.realm=clinic api")
class RefusalBodyCustomizerTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final RefusalBodyCustomizer NOTHING = (refusal, locale, problem) -> null;

	private static volatile RefusalBodyCustomizer first = NOTHING;

	private static volatile RefusalBodyCustomizer second = NOTHING;

	@Autowired
	HttpCalls http;

	@BeforeEach
	void customizeNothing() {
		first = NOTHING;
		second = NOTHING;
	}

	@Test
	void addsMembersToTheProblem() {
		first = (refusal, locale, problem) -> {
			problem.setDetail("Needed: " + refusal.required());
			problem.setInstance(URI.create("/incidents/1"));
			problem.setProperty("support", "https://support.example");
			return null;
		};
		HttpResponse<String> response = refused();
		assertThat(HttpCalls.json(response)).containsEntry("reason", "insufficient_scope")
			.containsEntry("detail", "Needed: [read:notes]")
			.containsEntry("instance", "/incidents/1")
			.containsEntry("support", "https://support.example");
		assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
	}

	@Test
	void replacesTheBodyAsAWhole() {
		first = (refusal, locale, problem) -> Map.of("error",
				Map.of("code", refusal.reason().code(), "language", locale.getLanguage()));
		HttpResponse<String> response = this.http.send(this.http.request(NOTES)
			.header("Authorization", "Bearer " + withoutScope())
			.header("Accept-Language", "de-DE"));
		assertThat(HttpCalls.json(response))
			.isEqualTo(Map.of("error", Map.of("code", "insufficient_scope", "language", "de")));
		assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.startsWith("Bearer realm=\"clinic api\", error=\"insufficient_scope\"");
	}

	@Test
	void theFirstThatReplacesTheBodyIsTheLast() {
		first = (refusal, locale, problem) -> Map.of("by", "first");
		second = (refusal, locale, problem) -> Map.of("by", "second");
		assertThat(HttpCalls.json(refused())).isEqualTo(Map.of("by", "first"));
	}

	@Test
	void laterOnesSeeWhatEarlierOnesChanged() {
		first = (refusal, locale, problem) -> {
			problem.setTitle("first");
			return null;
		};
		second = (refusal, locale, problem) -> Map.of("title", problem.getTitle() + " and second");
		assertThat(HttpCalls.json(refused())).isEqualTo(Map.of("title", "first and second"));
	}

	@Test
	void changesNoStatus() {
		first = (refusal, locale, problem) -> {
			problem.setStatus(200);
			return null;
		};
		HttpResponse<String> response = refused();
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(HttpCalls.json(response)).containsEntry("status", 403L);
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void isAnsweredPlainlyWhereItFails(CapturedOutput output) {
		String plain = refused().body();
		RefusalBodyCustomizer failing = (refusal, locale, problem) -> {
			problem.setTitle("half done");
			throw new IllegalStateException("on purpose");
		};
		for (RefusalBodyCustomizer customizer : List.of(failing, new Endless())) {
			first = customizer;
			for (int i = 0; i < 3; i++) {
				HttpResponse<String> response = refused();
				assertThat(response.statusCode()).isEqualTo(403);
				assertThat(response.body()).isEqualTo(plain);
				assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
			}
		}
		assertThat(output.toString().split("A RefusalBodyCustomizer failed", -1)).hasSize(2);
	}

	@ParameterizedTest
	@CsvSource({ "realm, ' '", "realm, 'a\"b'", "realm, 'a\\b'", "realm, café", "type-prefix, 'not a uri'",
			"type-prefix, problems/" })
	void stopsTheStartWhereAnAnswerCouldNotSayIt(String property, String value) {
		start("auth-starter.refusals." + property + "=" + value).run((started) -> assertThat(started).getFailure()
			.rootCause()
			.isInstanceOf(InvalidConfigurationPropertyValueException.class)
			.hasMessageContaining("auth-starter.refusals." + property));
	}

	@ParameterizedTest
	@ValueSource(strings = { "about:blank", "https://api.example/problems#", "tag:api.example,2026:" })
	void takesTypesOfTheApplication(String prefix) {
		start("auth-starter.refusals.type-prefix=" + prefix).run((started) -> assertThat(started).hasNotFailed());
	}

	private static WebApplicationContextRunner start(String property) {
		return new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one", property);
	}

	private HttpResponse<String> refused() {
		return this.http.getWithToken(NOTES, withoutScope());
	}

	private static String withoutScope() {
		return TestToken.validAt(TestApi.NOW).with("scope", "other").signed();
	}

	/**
	 * Replaces the body by what is no JSON.
	 */
	private static final class Endless implements RefusalBodyCustomizer {

		@Override
		public Map<String, ?> customize(Refusal refusal, Locale locale, ProblemDetail problem) {
			Map<String, Object> endless = new HashMap<>();
			endless.put("self", endless);
			return endless;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Api {

		@Bean
		@Order(1)
		RefusalBodyCustomizer first() {
			return (refusal, locale, problem) -> first.customize(refusal, locale, problem);
		}

		@Bean
		@Order(2)
		RefusalBodyCustomizer second() {
			return (refusal, locale, problem) -> second.customize(refusal, locale, problem);
		}

	}

}
