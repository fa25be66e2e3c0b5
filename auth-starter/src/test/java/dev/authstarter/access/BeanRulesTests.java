package dev.authstarter.access;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;

import dev.authstarter.access.GuardedBeans.Place;
import dev.authstarter.access.GuardedBeans.Reads;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kinds of beans, each with a rule in different places, called over HTTP without a
 * caller, by a caller without the scope and by one with it. Kinds that no proxy can
 * intercept are in {@link RuleEnforcementTests}.
 */
class BeanRulesTests {

	private static final String[] PROPERTIES = { "--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
			"--auth-starter.audience=" + TestToken.AUDIENCE, "--auth-starter.public-paths=/beans/**",
			"--spring.main.allow-bean-definition-overriding=true" };

	private static @Nullable BeanKind running;

	private static @Nullable ConfigurableApplicationContext context;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	static Stream<Arguments> kindsAndPlaces() {
		return Arrays.stream(BeanKind.values())
			.flatMap((kind) -> Arrays.stream(Place.values()).map((place) -> Arguments.of(kind, place)));
	}

	@ParameterizedTest(name = "{0} with the rule on {1}")
	@MethodSource("kindsAndPlaces")
	void letsOnlyThoseReadWhoHaveTheScope(BeanKind kind, Place place) {
		HttpCalls http = new HttpCalls(portOf(kind));
		String path = "/beans/" + kind.name(place);
		HttpResponse<String> unauthenticated = http.get(path);
		assertThat(unauthenticated.statusCode()).as(unauthenticated.body()).isEqualTo(401);
		assertThat(HttpCalls.json(unauthenticated)).containsEntry("reason", "missing_token");
		assertThat(http.answer(path, this.valid.signed())).isEqualTo("403 insufficient_scope");
		assertThat(http.getWithToken(path, this.valid.with("scope", "beans").signed()).body()).isEqualTo("read");
	}

	/** One application for each kind, one at a time. */
	private static int portOf(BeanKind kind) {
		if (running != kind) {
			stop();
			context = new SpringApplicationBuilder((kind == BeanKind.REPOSITORY) ? DataApi.class : PlainApi.class)
				.initializers((started) -> kind.register((GenericApplicationContext) started))
				.run(PROPERTIES);
			running = kind;
		}
		assertThat(context).isNotNull();
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@AfterAll
	static void stop() {
		if (context != null) {
			context.close();
		}
		context = null;
		running = null;
	}

	@Import({ TestApi.class, Desk.class })
	static class PlainApi {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableJpaRepositories(considerNestedRepositories = true)
	@Import({ TestTrust.class, Desk.class })
	static class DataApi {

	}

	/** Calls beans and demands nothing itself. */
	@RestController
	static final class Desk {

		private final BeanFactory beans;

		Desk(BeanFactory beans) {
			this.beans = beans;
		}

		@GetMapping("/beans/{name}")
		String read(@PathVariable String name) {
			return this.beans.getBean(name, Reads.class).read();
		}

	}

}
