package dev.authstarter.test.coverage;

import java.util.Map;

import dev.authstarter.attacked.NoteApplication;
import dev.authstarter.attacked.NoteController;
import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.SeparateProject;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs test classes in a separate JUnit launcher, with and without the parameter.
 */
@ExtendWith(OutputCaptureExtension.class)
class CoverageExtensionTests {

	private static final String STOCK = "GET /notes/stock (dev.authstarter.attacked.NoteController#stock)";

	private static final String MINE = "GET /notes/mine (dev.authstarter.attacked.NoteController#mine)";

	private static final String ME = "GET /me (dev.authstarter.attacked.NoteController#me)";

	private static final String STATUS = "GET /status (dev.authstarter.attacked.NoteController#status)";

	private static final String LIST = "GET /organizations/{organizationId}/notes (dev.authstarter.attacked.NoteController#list)";

	@Test
	void failsAndNamesGaps() {
		Outcome outcome = run("fail", Slice.class, Server.class);
		assertThat(outcome.passed()).hasSize(5);
		assertThat(outcome.failed()).containsExactly("JUnit Jupiter");
		assertThat(outcome.messages()).contains("Handlers called by tests: 3 of 11")
			.contains(MINE + ": never called by a caller who is allowed, nor with one who is refused")
			.contains(STOCK + ": never called by a caller who is allowed\n")
			.doesNotContain(ME)
			.doesNotContain(LIST)
			.doesNotContain(STATUS);
	}

	@Test
	void countsOverAllContextsTogether() {
		assertThat(run("fail", Slice.class).messages()).contains("Handlers called by tests: 1 of 11")
			.contains(LIST + ": never called by a caller who is allowed, nor")
			.contains(ME + ": never called by a caller who is refused");
	}

	@Test
	void reportsWithoutFailing(CapturedOutput output) {
		assertThat(run("report", Slice.class).failures()).isEmpty();
		assertThat(output).contains("Handlers called by tests: 1 of 11");
	}

	/** In a project of its own, because handlers stay known. */
	@Test
	void distinguishesHandlersOfOnePath() throws ReflectiveOperationException {
		assertThat(SeparateProject.with((entry) -> true)
			.run(Map.of("junit.jupiter.extensions.autodetection.enabled", "true", "auth-starter.coverage", "fail"),
					SamePath.class.getName())
			.messages())
			.contains("GET /same (%s$SamePath$Handlers#two): never called by a caller who is allowed\n"
				.formatted(CoverageExtensionTests.class.getName()))
			.doesNotContain("$Handlers#one");
	}

	@Test
	void leavesAnswersOnUnknownPathsAsTheyAre() {
		assertThat(run("report", OnUnknownPaths.class).failures()).isEmpty();
	}

	@Test
	void isOffByDefault(CapturedOutput output) {
		assertThat(
				Outcome.of(Map.of("junit.jupiter.extensions.autodetection.enabled", "true"), Uncounted.class).passed())
			.containsExactly("leavesTheContextAsItIs(ApplicationContext)");
		assertThat(run("off", Uncounted.class).passed()).containsExactly("leavesTheContextAsItIs(ApplicationContext)");
		assertThat(output).doesNotContain("Handlers called by tests");
	}

	@Test
	void refusesUnknownMode() {
		assertThat(run("yes", Slice.class).messages()).contains("'auth-starter.coverage' cannot be 'yes'");
	}

	private static Outcome run(String mode, Class<?>... testClasses) {
		return Outcome.of(
				Map.of("junit.jupiter.extensions.autodetection.enabled", "true", "auth-starter.coverage", mode),
				testClasses);
	}

	@WebMvcTest(controllers = NoteController.class,
			properties = { "auth-starter.public-paths=/status", "test.context=coverage" })
	@ContextConfiguration(classes = NoteApplication.class)
	@AutoConfigureForgedTokens
	static class Slice {

		@Autowired
		private MockMvcTester mvc;

		@Autowired
		private TokenForge forge;

		@Test
		void isCalledByAnyCaller() {
			assertThat(this.mvc.get().uri("/status")).hasStatusOk();
		}

		@Test
		void callerIsAllowed() {
			assertThat(this.mvc.get().uri("/me").with(this.forge.token())).hasStatusOk();
		}

		@Test
		void stockRuleRefuses() {
			assertThat(this.mvc.get().uri("/notes/stock").with(this.forge.token())).hasStatus(403);
		}

	}

	/** Without resources, no pattern matches other paths. */
	@SpringBootTest(classes = NoteApplication.class,
			properties = { "spring.web.resources.add-mappings=false", "test.context=coverage" })
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class OnUnknownPaths {

		@Test
		void callerIsRefused(@Autowired MockMvcTester mvc) {
			assertThat(mvc.get().uri("/unknown")).hasStatus(401);
		}

	}

	@SpringBootTest(classes = { NoteApplication.class, SamePath.Handlers.class }, properties = "test.context=same-path")
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class SamePath {

		@Test
		void callersOfOneAreAllowedAndRefused(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
			assertThat(mvc.get().uri("/same?one").with(forge.token())).hasStatusOk();
			assertThat(mvc.get().uri("/same?one")).hasStatus(401);
		}

		@RestController
		static class Handlers {

			@GetMapping(path = "/same", params = "one")
			String one() {
				return "one";
			}

			@GetMapping(path = "/same", params = "two")
			String two() {
				return "two";
			}

		}

	}

	/**
	 * It has another context than the other tests, which are created while calls are
	 * counted.
	 */
	@WebMvcTest(controllers = NoteController.class, properties = "test.context=uncounted")
	@ContextConfiguration(classes = NoteApplication.class)
	@AutoConfigureForgedTokens
	static class Uncounted {

		@Test
		void leavesTheContextAsItIs(@Autowired ApplicationContext context) {
			assertThat(context.getBeanNamesForType(KnownHandlers.class)).isEmpty();
		}

	}

	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = NoteApplication.class,
			properties = { "auth-starter.public-paths=/status", "test.context=coverage",
					"server.servlet.context-path=/api" })
	@AutoConfigureRestTestClient
	@AutoConfigureForgedTokens
	static class Server {

		@Autowired
		private RestTestClient client;

		@Autowired
		private TokenForge forge;

		@Test
		void unauthenticatedClientIsRefused() {
			this.client.get().uri("/me").exchange().expectStatus().isUnauthorized();
		}

		@Test
		void callerIsAllowedAndAnotherRefused() {
			String uri = "/organizations/org_acme/notes";
			this.client.get()
				.uri(uri)
				.headers(this.forge.token().withScopes("read:notes").forOrganization("org_acme"))
				.exchange()
				.expectStatus()
				.isOk();
			this.client.get()
				.uri(uri)
				.headers(this.forge.token().withScopes("read:notes").forOrganization("org_globex"))
				.exchange()
				.expectStatus()
				.isForbidden();
		}

	}

}
