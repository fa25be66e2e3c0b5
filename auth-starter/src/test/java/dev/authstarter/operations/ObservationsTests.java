package dev.authstarter.operations;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The observations of a request: one for the token and one for the decision, if they are
 * enabled.
 */
class ObservationsTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final String ON = "auth-starter.observations.enabled=true";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@Test
	void observesTokenAndDecision() {
		HttpCalls http = start(Api.class, ON);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertObserved("auth.authenticate outcome=accepted reason=none in http.server.requests",
				"auth.authorize outcome=accepted reason=none in http.server.requests");
		assertThat(reasonOfTheRequest()).isNull();
	}

	@Test
	void observesRefusedToken() {
		HttpCalls http = start(Api.class, ON);
		assertThat(http.answer(NOTES, VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256)))
			.isEqualTo("401 bad_signature");
		assertObserved("auth.authenticate outcome=refused reason=bad_signature in http.server.requests");
		assertThat(reasonOfTheRequest()).isEqualTo("bad_signature");
	}

	@Test
	void observesRefusedCaller() {
		HttpCalls http = start(Api.class, ON);
		assertThat(http
			.send(http.request(NOTES).header("Authorization", "Bearer " + VALID.signed()).POST(BodyPublishers.noBody()))
			.statusCode()).isEqualTo(403);
		assertObserved("auth.authenticate outcome=accepted reason=none in http.server.requests",
				"auth.authorize outcome=refused reason=insufficient_scope in http.server.requests");
		assertThat(reasonOfTheRequest()).isEqualTo("insufficient_scope");
	}

	@Test
	void observesTokenInChainOfTheApplication() {
		HttpCalls http = start(OwnChainApi.class, ON);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertObserved("auth.authenticate outcome=accepted reason=none in http.server.requests",
				"auth.authorize outcome=accepted reason=none in http.server.requests");
	}

	@Test
	void makesTimersOfFewSeries() {
		HttpCalls http = start(Api.class, ON);
		http.answer(NOTES, VALID.signed());
		http.answer(NOTES, VALID.with("scope", "none").signed());
		http.answer(NOTES, VALID.with("iss", "https://mallory.example").signed());
		assertObserved(5);
		List<Meter> timers = meters().getMeters()
			.stream()
			.filter((meter) -> meter.getId().getName().matches("auth\\.(authenticate|authorize)"))
			.toList();
		assertThat(timers).hasSize(4).allSatisfy((timer) -> {
			assertThat(timer.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrder("error", "outcome", "reason");
			assertThat(timer.getId().getTag("error")).isEqualTo("none");
		});
	}

	@Test
	void observesNothingUnasked() {
		HttpCalls http = start(Api.class);
		assertThat(http.answer(NOTES, VALID.signed())).isEqualTo("200");
		assertThat(http.answer(NOTES, VALID.with("aud", "other").signed())).isEqualTo("401 wrong_audience");
		await(() -> assertThat(seen("http.server.requests")).hasSize(2));
		assertObserved(0);
		assertThat(reasonOfTheRequest()).isEqualTo("wrong_audience");
	}

	@Test
	void leavesOutWhatTheOperatorDisables() {
		HttpCalls http = start(Api.class, ON, "management.observations.enable.auth.authorize=false");
		assertThat(http.answer(NOTES, VALID.with("scope", "none").signed())).isEqualTo("403 insufficient_scope");
		assertObserved("auth.authenticate outcome=accepted reason=none in http.server.requests");
		assertThat(reasonOfTheRequest()).isEqualTo("insufficient_scope");
	}

	@Test
	void distinguishesFailureFromRefusal() {
		Seen seen = new Seen();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(seen);
		ObservedDecoder decoder = new ObservedDecoder((token) -> {
			throw new IllegalStateException("on purpose");
		}, () -> registry);
		assertThatIllegalStateException().isThrownBy(() -> decoder.decode("token"));
		assertThat(seen.contexts).singleElement().satisfies((context) -> {
			assertThat(context.getLowCardinalityKeyValues()).contains(KeyValue.of("outcome", "failed"),
					KeyValue.of("reason", "none"));
			assertThat(context.getError()).hasMessage("on purpose");
		});
		assertThat(registry.getCurrentObservation()).isNull();
	}

	private void assertObserved(String... expected) {
		await(() -> {
			List<String> all = new ArrayList<>();
			seen("auth.*").forEach((context) -> all.add(inWords(context)));
			assertThat(all).containsExactly(expected);
			assertThat(seen("http.server.requests")).hasSize(1);
		});
	}

	private void assertObserved(int number) {
		await(() -> assertThat(seen("auth.*")).hasSize(number));
	}

	/** What is observed ends a little later than the answer arrives. */
	private static void await(org.awaitility.core.ThrowingRunnable assertion) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(assertion);
	}

	private static String inWords(Observation.Context context) {
		ObservationView parent = context.getParentObservation();
		return "%s %s in %s".formatted(context.getName(),
				context.getLowCardinalityKeyValues()
					.stream()
					.map((key) -> key.getKey() + "=" + key.getValue())
					.sorted()
					.collect(Collectors.joining(" ")),
				(parent != null) ? parent.getContextView().getName() : "nothing");
	}

	private @Nullable String reasonOfTheRequest() {
		List<Observation.Context> requests = seen("http.server.requests");
		KeyValue reason = requests.get(requests.size() - 1).getHighCardinalityKeyValue("auth.reason");
		return (reason != null) ? reason.getValue() : null;
	}

	private List<Observation.Context> seen(String name) {
		return started().getBean(Seen.class).contexts.stream()
			.filter((context) -> String.valueOf(context.getName()).matches(name))
			.toList();
	}

	private MeterRegistry meters() {
		return started().getBean(MeterRegistry.class);
	}

	private ConfigurableApplicationContext started() {
		assertThat(this.context).isNotNull();
		return this.context;
	}

	private HttpCalls start(Class<?> api, String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(api)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.run();
		this.context = context;
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/**
	 * An API that is observed.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(TestApi.class)
	static class Api {

		@Bean
		Seen seen() {
			return new Seen();
		}

	}

	/**
	 * An API with a filter chain of its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Api.class)
	static class OwnChainApi {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	/**
	 * Records finished observations.
	 */
	static final class Seen implements ObservationHandler<Observation.Context> {

		private final List<Observation.Context> contexts = new CopyOnWriteArrayList<>();

		@Override
		public void onStop(Observation.Context context) {
			this.contexts.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
