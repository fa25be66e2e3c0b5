package dev.authstarter.reactive;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The observation of a request says why it was refused, on both stacks.
 */
@Tag("server")
class ReactiveObservationTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken token = TestToken.validAt(TestApi.NOW);

	@Test
	void requestsHaveTheReasonsThatTheyHaveOnServlets() {
		List<String> reasons = List.of("none", "insufficient_scope", "missing_token", "organization_mismatch",
				"token_expired", "none");
		Map<String, String> servlet = observe(WebApplicationType.SERVLET);
		assertThat(servlet.values()).containsExactlyElementsOf(reasons);
		assertThat(observe(WebApplicationType.REACTIVE)).isEqualTo(servlet);
	}

	/** The reasons by request. */
	private static Map<String, String> observe(WebApplicationType type) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public/**")
			.run()) {
			HttpCalls http = new HttpCalls(
					context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			Seen seen = context.getBean(Seen.class);
			Map<String, String> reasons = new TreeMap<>();
			reasons.put("1 good", seen.after(() -> http.getWithToken(NOTES, token.signed())));
			reasons.put("2 scope", seen.after(() -> http.getWithToken(NOTES, token.with("scope", "x").signed())));
			reasons.put("3 no token", seen.after(() -> http.get(NOTES)));
			reasons.put("4 organization",
					seen.after(() -> http.getWithToken("/organizations/org_other/notes", token.signed())));
			reasons.put("5 expired", seen.after(() -> http.getWithToken(NOTES, token.with("exp", 1).signed())));
			reasons.put("6 public", seen.after(() -> http.get("/public/notes")));
			return reasons;
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Application {

		@Bean
		Seen seen() {
			return new Seen();
		}

	}

	/**
	 * Keeps the observations of requests that have ended.
	 */
	static class Seen implements ObservationHandler<Observation.Context> {

		private final ConcurrentLinkedQueue<Observation.Context> contexts = new ConcurrentLinkedQueue<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			if ("http.server.requests".equals(context.getName())) {
				this.contexts.add(context);
			}
		}

		/** What is observed ends a little later than the answer arrives. */
		String after(Runnable request) {
			this.contexts.clear();
			request.run();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> this.contexts.size() == 1);
			Observation.Context context = this.contexts.remove();
			assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("exception", "method", "outcome", "status", "uri");
			KeyValue reason = context.getHighCardinalityKeyValue("auth.reason");
			return (reason != null) ? reason.getValue() : "none";
		}

	}

}
