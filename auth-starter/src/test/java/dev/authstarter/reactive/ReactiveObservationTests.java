package dev.authstarter.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.organization.OrganizationPolicy;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is observed of a request is equal on both stacks: why it was refused and, if this
 * is enabled, the verification of its token and the decision.
 */
@Tag("server")
class ReactiveObservationTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String ENABLED = "auth-starter.observations.enabled=true";

	private static final TestToken token = TestToken.validAt(TestApi.NOW);

	@Test
	void requestsHaveTheReasonsThatTheyHaveOnServlets() {
		List<String> reasons = List.of("none", "insufficient_scope", "missing_token", "organization_mismatch",
				"token_expired", "none");
		Map<String, String> servlet = observe(WebApplicationType.SERVLET);
		assertThat(servlet.values()).containsExactlyElementsOf(reasons);
		assertThat(observe(WebApplicationType.REACTIVE)).isEqualTo(servlet);
	}

	@Test
	void tokensAndDecisionsAreObservedAsOnServlets() {
		Map<String, String> expected = new TreeMap<>();
		expected.put("1 good", "auth.authenticate accepted none, auth.authorize accepted none");
		expected.put("2 scope", "auth.authenticate accepted none, auth.authorize refused insufficient_scope");
		expected.put("3 no token", "");
		expected.put("4 organization", "auth.authenticate accepted none, auth.authorize refused organization_mismatch");
		expected.put("5 expired", "auth.authenticate refused token_expired");
		expected.put("6 public", "auth.authorize accepted none");
		assertThat(observe(WebApplicationType.SERVLET, Seen::children, ENABLED)).isEqualTo(expected);
		assertThat(observe(WebApplicationType.REACTIVE, Seen::children, ENABLED)).isEqualTo(expected);
		assertThat(observe(WaitingApplication.class, WebApplicationType.REACTIVE, Seen::children, ENABLED))
			.isEqualTo(expected);
	}

	@Test
	void disabledObservationsDoNotHideTheObservationOfTheRequest() {
		String disabled = "management.observations.enable.auth.authenticate=false";
		assertThat(observe(WebApplicationType.REACTIVE, Seen::children, ENABLED, disabled))
			.containsEntry("1 good", "auth.authorize accepted none")
			.containsEntry("5 expired", "");
		assertThat(observe(WebApplicationType.REACTIVE, Seen::reason, ENABLED, disabled)).containsEntry("5 expired",
				"token_expired");
	}

	@Test
	void springSecurityObservesNothingUnlessThisIsEnabled() {
		assertThat(observe(WebApplicationType.REACTIVE, Seen::ofSpringSecurity))
			.allSatisfy((request, names) -> assertThat(names).isEmpty());
		assertThat(observe(WebApplicationType.REACTIVE, Seen::ofSpringSecurity,
				"auth-starter.spring-security-observations=true"))
			.allSatisfy((request, names) -> assertThat(names).contains("spring.security.filterchains"));
	}

	/** The reasons by request. */
	private static Map<String, String> observe(WebApplicationType type) {
		return observe(type, Seen::reason);
	}

	private static Map<String, String> observe(WebApplicationType type, Function<Seen, String> view,
			String... properties) {
		return observe(Application.class, type, view, properties);
	}

	/** What is seen of each request. */
	private static Map<String, String> observe(Class<?> application, WebApplicationType type,
			Function<Seen, String> view, String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public/**")
			.properties(properties)
			.run()) {
			HttpCalls http = new HttpCalls(
					context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			Seen seen = context.getBean(Seen.class);
			Map<String, String> reasons = new TreeMap<>();
			reasons.put("1 good", seen.after(() -> http.getWithToken(NOTES, token.signed()), view));
			reasons.put("2 scope", seen.after(() -> http.getWithToken(NOTES, token.with("scope", "x").signed()), view));
			reasons.put("3 no token", seen.after(() -> http.get(NOTES), view));
			reasons.put("4 organization",
					seen.after(() -> http.getWithToken("/organizations/org_other/notes", token.signed()), view));
			reasons.put("5 expired", seen.after(() -> http.getWithToken(NOTES, token.with("exp", 1).signed()), view));
			reasons.put("6 public", seen.after(() -> http.get("/public/notes"), view));
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
	 * Code of the application takes part, so that tokens and decisions leave the event
	 * loop.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class WaitingApplication {

		@Bean
		OAuth2TokenValidator<Jwt> validator() {
			return (jwt) -> OAuth2TokenValidatorResult.success();
		}

		@Bean
		OrganizationPolicy policy() {
			return (organization, token) -> true;
		}

	}

	/**
	 * Keeps the observations that have ended.
	 */
	static class Seen implements ObservationHandler<Observation.Context> {

		private static final String REQUESTS = "http.server.requests";

		private final ConcurrentLinkedQueue<Observation.Context> contexts = new ConcurrentLinkedQueue<>();

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context);
		}

		/** What is observed ends a little later than the answer arrives. */
		String after(Runnable request, Function<Seen, String> view) {
			this.contexts.clear();
			request.run();
			Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> named(REQUESTS).count() == 1);
			return view.apply(this);
		}

		private Stream<Observation.Context> named(String names) {
			return this.contexts.stream().filter((context) -> String.valueOf(context.getName()).matches(names));
		}

		String reason() {
			Observation.Context context = named(REQUESTS).findFirst().orElseThrow();
			assertThat(context.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("exception", "method", "outcome", "status", "uri");
			return value(context.getHighCardinalityKeyValue("auth.reason"));
		}

		/** The observations of ours, all of them within that of the request. */
		String children() {
			Observation.Context request = named(REQUESTS).findFirst().orElseThrow();
			return named("auth\\..*").peek((context) -> assertThat(ancestors(context)).contains(request))
				.map((context) -> "%s %s %s".formatted(context.getName(),
						value(context.getLowCardinalityKeyValue("outcome")),
						value(context.getLowCardinalityKeyValue("reason"))))
				.collect(Collectors.joining(", "));
		}

		String ofSpringSecurity() {
			return named("spring\\.security\\..*").map(Observation.Context::getName)
				.distinct()
				.collect(Collectors.joining(", "));
		}

		private static List<Observation.ContextView> ancestors(Observation.ContextView context) {
			List<Observation.ContextView> ancestors = new ArrayList<>();
			Observation.ContextView parent = parent(context);
			while (parent != null) {
				ancestors.add(parent);
				parent = parent(parent);
			}
			return ancestors;
		}

		private static Observation.@Nullable ContextView parent(Observation.ContextView context) {
			ObservationView parent = context.getParentObservation();
			return (parent != null) ? parent.getContextView() : null;
		}

		private static String value(@Nullable KeyValue key) {
			return (key != null) ? key.getValue() : "none";
		}

	}

}
