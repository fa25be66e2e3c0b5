package dev.authstarter.test.attack;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.data.FluxLetterApplication;
import dev.authstarter.attacked.data.FluxLetters;
import dev.authstarter.attacked.data.Letters;
import dev.authstarter.test.AutoConfigureForgedTokens;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attacks on the data of an application of WebFlux: every endpoint with a hole fails, and
 * no other.
 */
class FluxDataHolesTests {

	@Test
	void findsTheHoles() {
		Outcome outcome = Outcome.of(Map.of(), Suite.class);
		Set<String> failed = outcome.failures()
			.stream()
			.flatMap((failure) -> String.valueOf(failure.getMessage()).lines())
			.filter((line) -> line.contains(" does not protect the data of org_globex from org_acme."))
			.map((line) -> line.substring(0, line.indexOf(" does not protect")))
			.collect(Collectors.toSet());
		assertThat(outcome.messages()).contains("query parameter 'keptIn' = ");
		assertThat(failed).containsExactlyInAnyOrderElementsOf(FluxLetters.HOLES);
		assertThat(outcome.failures()).hasSize(2 * FluxLetters.HOLES.size());
		assertThat(outcome.passed()).filteredOn((name) -> name.startsWith("data of ")).hasSize(3 * 2);
	}

	@SpringBootTest(classes = FluxLetterApplication.class,
			properties = { "spring.main.web-application-type=reactive",
					"auth-starter.organization.allowed=org_acme,org_globex" })
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	static class Suite {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired WebTestClient client, @Autowired ApplicationContext application,
				@Autowired Letters letters) {
			return BearerAttacks.against(client, application)
				.withData("org_acme", "org_globex", letters::seed)
				.body("POST /replies", "{\"id\": \"\", \"text\": \"Thanks\"}")
				.body("POST /holes/body", "{\"id\": \"\", \"text\": \"Thanks\"}")
				.everyEndpoint();
		}

	}

}
