package dev.authstarter.test.attack;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;
import reactor.core.publisher.Mono;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler without a rule is found, whatever it answers to the request of the attack.
 */
class ForgottenRulesTests {

	@ParameterizedTest
	@EnumSource(value = WebApplicationType.class, names = { "SERVLET", "REACTIVE" })
	void failureIsNoRefusal(WebApplicationType type) {
		Map<String, String> outcomes;
		try (ConfigurableApplicationContext context = start(type, Handlers.class)) {
			outcomes = outcomes(against(context), "useless-token");
		}
		assertThat(outcomes).isNotEmpty().allSatisfy((endpoint, outcome) -> {
			if (endpoint.equals("GET /forgotten/any")) {
				assertThat(outcome).as(endpoint).isEqualTo("passed");
			}
			else if (endpoint.contains("/forgotten")) {
				assertThat(outcome).as(endpoint).contains("was not refused as expected", "any valid token is enough");
			}
			else if (endpoint.contains("/unknown")) {
				assertThat(outcome).as(endpoint).contains("Not exercised: GET /unknown", "is answered 400");
			}
			else {
				assertThat(outcome).as(endpoint).isEqualTo("passed");
			}
		}).hasSizeGreaterThan(12);
	}

	@Test
	void patternWithoutKnownPathFails() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, Codes.class)) {
			String endpoint = "GET /forgotten/codes/{code:[A-Z]{3}-\\d{4}}";
			assertThat(outcomes(against(context), "path")).hasEntrySatisfying(endpoint,
					(outcome) -> assertThat(outcome).contains("no path is known that fits its pattern"));
			assertThat(outcomes(against(context).exceptEndpoint(endpoint, "has no rule"), "path")).isEmpty();
			BearerAttacks attacks = against(context).path(endpoint, "/forgotten/codes/ABC-1234");
			assertThat(outcomes(attacks, "path")).isEmpty();
			assertThat(outcomes(attacks, "useless-token")).hasEntrySatisfying(endpoint,
					(outcome) -> assertThat(outcome).contains("any valid token is enough"));
		}
	}

	@Test
	void deniedHandlersNeedNoRule() {
		try (ConfigurableApplicationContext context = start(WebApplicationType.SERVLET, Codes.class,
				"auth-starter.undeclared-handlers=deny")) {
			assertThat(outcomes(against(context), "useless-token").values()).isNotEmpty()
				.allMatch((outcome) -> outcome.equals("passed") || outcome.contains("Not exercised"));
		}
	}

	private static ConfigurableApplicationContext start(WebApplicationType type, Class<?> more, String... properties) {
		return new SpringApplicationBuilder(Application.class, more).web(type)
			.properties("server.port=0", "auth-starter.public-paths=/public")
			.properties(properties)
			.run();
	}

	private static BearerAttacks against(ConfigurableApplicationContext context) {
		return BearerAttacks.against(
				URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")), context);
	}

	/** The outcome of a test of this name, by endpoint. */
	private static Map<String, String> outcomes(BearerAttacks attacks, String name) {
		try (Stream<DynamicNode> nodes = attacks.everyEndpoint()) {
			Map<String, String> outcomes = new TreeMap<>();
			nodes.filter(DynamicContainer.class::isInstance)
				.forEach((node) -> ((DynamicContainer) node).getChildren()
					.filter((test) -> test.getDisplayName().equals(name))
					.forEach((test) -> outcomes.put(node.getDisplayName(), outcome((DynamicTest) test))));
			return outcomes;
		}
	}

	private static String outcome(DynamicTest test) {
		try {
			test.getExecutable().execute();
			return "passed";
		}
		catch (AssertionError | TestAbortedException ex) {
			return String.valueOf(ex.getMessage());
		}
		catch (Throwable ex) {
			return ex.toString();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureForgedTokens
	static class Application {

	}

	/**
	 * None says what it requires, save for two with an expression.
	 */
	@RestController
	static class Handlers {

		@GetMapping("/forgotten/{id}")
		String notFound(@PathVariable UUID id) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}

		@GetMapping("/forgotten")
		String parameter(@RequestParam String query) {
			return query;
		}

		@PostMapping("/forgotten")
		String body(@RequestBody Map<String, String> body) {
			return "body";
		}

		@PostMapping(path = "/forgotten/text", consumes = MediaType.TEXT_PLAIN_VALUE)
		String text(@RequestBody String body) {
			return body;
		}

		@GetMapping(path = "/forgotten/filtered", params = "filter")
		String filtered() {
			return "filtered";
		}

		@GetMapping(path = "/forgotten/marked", headers = "X-Marked")
		String marked() {
			return "marked";
		}

		@GetMapping("/forgotten/moved")
		ResponseEntity<Void> moved() {
			return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/elsewhere")).build();
		}

		@GetMapping("/forgotten/same")
		ResponseEntity<Void> same() {
			return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag("1").build();
		}

		@GetMapping("/forgotten/broken")
		String broken() {
			throw new IllegalStateException("broken");
		}

		@RequestMapping("/forgotten/any")
		ResponseEntity<Void> any(HttpMethod method) {
			return ResponseEntity.status(method.equals(HttpMethod.GET) ? 403 : 200).build();
		}

		@GetMapping("/refused/{id}")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		Mono<String> refused(@PathVariable UUID id) {
			return Mono.just("refused");
		}

		/** The argument is missing before the rule is evaluated. */
		@GetMapping("/unknown")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		Mono<String> unknown(@RequestParam String query) {
			return Mono.just(query);
		}

		@GetMapping("/public")
		String open() {
			return "open";
		}

	}

	/**
	 * Is selected by a regular expression.
	 */
	@RestController
	static class Codes {

		@GetMapping("/forgotten/codes/{code:[A-Z]{3}-\\d{4}}")
		String code(@PathVariable String code) {
			return code;
		}

		@PostMapping(path = "/forgotten/text", consumes = MediaType.TEXT_PLAIN_VALUE)
		String text(@RequestBody String body) {
			return body;
		}

	}

}
