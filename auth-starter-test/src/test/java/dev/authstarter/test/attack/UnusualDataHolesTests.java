package dev.authstarter.test.attack;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.data.Letters;
import dev.authstarter.attacked.data.UnusualLetters;
import dev.authstarter.test.AutoConfigureForgedTokens;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.MockMvc;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holes are found in requests and answers of unusual forms: every endpoint with a hole
 * fails, and no other.
 */
class UnusualDataHolesTests {

	@Test
	void findsTheHoles() {
		Outcome outcome = Outcome.of(Map.of(), Suite.class);
		Set<String> failed = outcome.failures()
			.stream()
			.flatMap((failure) -> String.valueOf(failure.getMessage()).lines())
			.filter((line) -> line.contains(" does not protect the data of org_acme from org_globex."))
			.map((line) -> line.substring(0, line.indexOf(" does not protect")))
			.collect(Collectors.toSet());
		assertThat(failed).containsExactlyInAnyOrderElementsOf(UnusualLetters.HOLES);
		assertThat(outcome.failures()).as(outcome.messages()).hasSize(2 * UnusualLetters.HOLES.size());
		assertThat(outcome.passed()).filteredOn((name) -> name.startsWith("data of ")).hasSize(2);
	}

	@SpringBootTest(classes = Application.class, properties = "auth-starter.organization.sources=path,header,token")
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class Suite {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired MockMvc mvc, @Autowired Letters letters) {
			return BearerAttacks.against(mvc)
				.withData("org_acme", "org_globex", letters::seed)
				.body("POST /holes/owner", "{\"addressee\": \"Edsger Dijkstra\"}")
				.body("POST /holes/owner-object", "{\"addressee\": \"Edsger Dijkstra\"}")
				.body("POST /holes/folder", "{\"addressee\": \"Edsger Dijkstra\"}")
				.everyEndpoint();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ UnusualLetters.class, Letters.class })
	static class Application {

	}

}
