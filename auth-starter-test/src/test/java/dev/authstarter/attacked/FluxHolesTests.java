package dev.authstarter.attacked;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attacks find what an application of WebFlux does not refuse.
 */
class FluxHolesTests {

	@AfterEach
	void close() {
		BrokenApplications.open(Set.of());
	}

	@Test
	void findHandlerWithoutRule() {
		Outcome outcome = Outcome.of(Map.of(), Suite.class);
		assertThat(outcome.failed()).containsExactly("useless-token");
		assertThat(outcome.messages()).contains("The attack 'useless-token' on GET /forgotten was not refused",
				"The attack 'useless-token' on GET /ticks was not refused");
	}

	@Test
	void findRuleThatIsNotEnforced() {
		BrokenApplications.open(Set.of(Reason.INSUFFICIENT_SCOPE));
		Outcome outcome = Outcome.of(Map.of(), Suite.class);
		assertThat(outcome.failed()).contains("scope-missing", "useless-token");
		assertThat(outcome.messages())
			.contains("The attack 'scope-missing' on GET /organizations/{organizationId}/notes was not refused");
	}

	@WebFluxTest(controllers = { FluxNotes.class, Forgotten.class }, properties = "auth-starter.public-paths=/status")
	@ContextConfiguration(classes = Application.class)
	@AutoConfigureForgedTokens
	static class Suite {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired WebTestClient client, @Autowired ApplicationContext application) {
			return BearerAttacks.against(client, application)
				.exceptEndpoint("POST /notes", "its requests need a header")
				.everyEndpoint();
		}

	}

	@Import({ FluxAttackTests.Application.class, Forgotten.class })
	static class Application {

		@Bean
		static BrokenApplications holes() {
			return new BrokenApplications();
		}

	}

	/**
	 * Says nothing of its callers.
	 */
	@RestController
	static class Forgotten {

		@GetMapping("/forgotten")
		Mono<String> forgotten() {
			return Mono.just("forgotten");
		}

		@GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<Long> ticks() {
			return Flux.interval(Duration.ofMillis(100));
		}

	}

}
