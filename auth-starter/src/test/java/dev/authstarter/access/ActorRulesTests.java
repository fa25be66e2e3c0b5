package dev.authstarter.access;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.CallerType;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Rules that require a certain actor for the subject of a token, or none.
 */
class ActorRulesTests {

	private static final Map<String, Object> ACTORS = Map.ofEntries(Map.entry("desk", Map.of("sub", "desk")),
			Map.entry("robot", Map.of("sub", "robot")),
			Map.entry("desk-before", Map.of("sub", "robot", "act", Map.of("sub", "desk"))),
			Map.entry("desk-now", Map.of("sub", "desk", "act", Map.of("sub", "robot"))),
			Map.entry("desk-here", Map.of("sub", "desk", "iss", TestToken.ISSUER)),
			Map.entry("desk-elsewhere", Map.of("sub", "desk", "iss", "https://elsewhere.example/")),
			Map.entry("desk-of-odd-issuer", Map.of("sub", "desk", "iss", List.of(TestToken.ISSUER))),
			Map.entry("client", Map.of("client_id", "desk")), Map.entry("empty", Map.of()), Map.entry("text", "desk"),
			Map.entry("list", List.of(Map.of("sub", "desk"))), Map.entry("case", Map.of("sub", "Desk")),
			Map.entry("number", Map.of("sub", 7)));

	private static ConfigurableApplicationContext api;

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	@BeforeAll
	static void startApi() {
		api = start(Api.class);
	}

	@AfterAll
	static void stopApi() {
		api.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			none               | 200 | 403 | 403 | 403 | 403
			desk               | 403 | 200 | 200 | 200 | 200
			robot              | 403 | 200 | 403 | 200 | 403
			desk-before        | 403 | 200 | 403 | 200 | 403
			desk-now           | 403 | 200 | 200 | 200 | 200
			desk-here          | 403 | 200 | 200 | 200 | 200
			desk-elsewhere     | 403 | 200 | 403 | 403 | 403
			desk-of-odd-issuer | 403 | 200 | 403 | 403 | 403
			client             | 403 | 403 | 403 | 403 | 403
			empty              | 403 | 403 | 403 | 403 | 403
			text               | 403 | 403 | 403 | 403 | 403
			list               | 403 | 403 | 403 | 403 | 403
			case               | 403 | 200 | 403 | 403 | 403
			number             | 403 | 403 | 403 | 403 | 403
			""")
	void decideByCurrentActor(String actor, int forbidden, int required, int desk, int deskOrRobot, int service) {
		String token = (ACTORS.containsKey(actor) ? this.good.with("act", ACTORS.get(actor)) : this.good).signed();
		HttpCalls http = new HttpCalls(api.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		List<HttpResponse<String>> answers = List.of("/in-person", "/delegated", "/desk", "/desk-or-robot", "/service")
			.stream()
			.map((path) -> http.getWithToken(path, token))
			.toList();
		assertThat(answers).extracting(HttpResponse::statusCode)
			.containsExactly(forbidden, required, desk, deskOrRobot, service);
		assertThat(answers).filteredOn((answer) -> answer.statusCode() == 403)
			.allSatisfy((answer) -> assertThat(answer.body()).contains("wrong_actor").doesNotContain("desk", "robot"));
	}

	@Test
	void asksForKindOfCallerFirst() {
		HttpCalls http = new HttpCalls(api.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
		String machine = this.good.with("sub", "clinic-spa").with("act", Map.of("sub", "desk")).signed();
		assertThat(http.answer("/person", machine)).isEqualTo("403 wrong_caller");
		assertThat(http.answer("/person", this.good.signed())).isEqualTo("403 wrong_actor");
		assertThat(http.answer("/person", this.good.with("act", Map.of("sub", "desk")).signed())).isEqualTo("200");
	}

	@Test
	void areListed() {
		assertThat(api.getBean(HandlerInventory.class).handlers()).extracting(HandlerDescription::rule)
			.contains("caller machine or user, without an actor", "caller machine or user, with an actor",
					"caller machine or user, actor desk or robot", "caller user, actor desk");
	}

	@ParameterizedTest
	@ValueSource(classes = { ForbiddenAndNamed.class, BlankActor.class, TwoDemands.class })
	void failStartUpIfNoCallerCouldFulfilThem(Class<?> contradiction) {
		assertThatThrownBy(() -> start(contradiction)).rootCause()
			.isInstanceOf(AccessRuleException.class)
			.hasMessageContaining("@RequiresCaller");
	}

	@Test
	void cannotBePutTogether() {
		ActorDemand required = new ActorDemand(Delegation.REQUIRED, Set.of());
		Rule rule = rule(required);
		assertThat(rule.and(rule(ActorDemand.NONE))).hasToString("caller machine or user, with an actor");
		assertThat(rule(ActorDemand.NONE).and(rule)).hasToString("caller machine or user, with an actor");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> rule.and(rule));
	}

	private static Rule rule(ActorDemand actor) {
		return new Rule(List.of(), List.of(), List.of(), Set.copyOf(Arrays.asList(CallerType.values())), true, actor,
				false, false);
	}

	private static ConfigurableApplicationContext start(Class<?> handlers) {
		return new SpringApplicationBuilder(PublicEndpointTests.Infrastructure.class, handlers)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.run();
	}

	@RestController
	@Import(Vault.class)
	static class Api {

		private final Vault vault;

		Api(Vault vault) {
			this.vault = vault;
		}

		@GetMapping("/in-person")
		@RequiresCaller(delegation = Delegation.FORBIDDEN)
		void inPerson() {
		}

		@GetMapping("/delegated")
		@RequiresCaller(delegation = Delegation.REQUIRED)
		void delegated() {
		}

		@GetMapping("/desk")
		@RequiresCaller(actors = "desk")
		void desk() {
		}

		@GetMapping("/desk-or-robot")
		@RequiresCaller(actors = { "desk", "robot" })
		void deskOrRobot() {
		}

		@GetMapping("/person")
		@RequiresCaller(value = CallerType.USER, actors = "desk")
		void person() {
		}

		@GetMapping("/service")
		void service() {
			this.vault.open();
		}

	}

	@Service
	static class Vault {

		@RequiresCaller(delegation = Delegation.REQUIRED, actors = "desk")
		public void open() {
		}

	}

	@RestController
	static class ForbiddenAndNamed {

		@GetMapping("/x")
		@RequiresCaller(delegation = Delegation.FORBIDDEN, actors = "desk")
		void handle() {
		}

	}

	@RestController
	static class BlankActor {

		@GetMapping("/x")
		@RequiresCaller(actors = { "desk", " " })
		void handle() {
		}

	}

	@RequiresCaller(actors = "desk")
	@Retention(RetentionPolicy.RUNTIME)
	@interface ByDesk {

	}

	@RestController
	static class TwoDemands {

		@GetMapping("/x")
		@ByDesk
		@RequiresCaller(delegation = Delegation.FORBIDDEN)
		void handle() {
		}

	}

}
