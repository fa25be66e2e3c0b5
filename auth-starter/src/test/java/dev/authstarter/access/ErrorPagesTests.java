package dev.authstarter.access;

import java.net.http.HttpResponse;
import java.util.Map;

import dev.authstarter.Organization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.error.ErrorPage;
import org.springframework.boot.web.error.ErrorPageRegistrar;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rule of a handler also applies to an error dispatch; error pages are served for all
 * errors.
 */
class ErrorPagesTests {

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	/** The path that fails leads to the page in the second column. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/public/404 | 401 missing_token | 200                       | 403 insufficient_scope
			/public/410 | 401 missing_token | 200                       | 403 organization_mismatch
			/public/411 | 401 missing_token | 200                       | 403 insufficient_role
			/public/412 | 401 missing_token | 200                       | 403 insufficient_scope
			/public/413 | 413               | 413                       | 413
			""")
	void reachesHandlerUnderItsRule(String path, String withoutToken, String good, String lacking) {
		try (ConfigurableApplicationContext started = start(Pages.class)) {
			HttpCalls http = new HttpCalls(port(started));
			assertThat(answer(http.get(path))).isEqualTo(withoutToken);
			assertThat(answer(http.getWithToken(path, this.good.signed())).replaceFirst("^4(0|1)[0-9]$", "200"))
				.isEqualTo(good.replaceFirst("^4(0|1)[0-9]$", "200"));
			assertThat(answer(http.getWithToken(path,
					this.good.with("scope", "none").with("org_id", "org_globex").without("roles").signed())))
				.isEqualTo(lacking);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "authenticated", "deny" })
	void leavesErrorPageOfSpringBootPublic(String undeclared) {
		try (ConfigurableApplicationContext started = start(Plain.class,
				"auth-starter.undeclared-handlers=" + undeclared,
				"auth-starter.organization.sources=path,header,token")) {
			HttpCalls http = new HttpCalls(port(started));
			for (int status : new int[] { 400, 401, 403, 404, 500 }) {
				HttpResponse<String> response = http.get("/public/" + status, "X-Organization-Id", "org_foreign");
				assertThat(response.statusCode()).isEqualTo(status);
				assertThat(HttpCalls.json(response)).containsEntry("status", (long) status);
			}
			assertThat(http.getWithToken("/nowhere", this.good.signed()).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "authenticated", "deny" })
	void leavesErrorControllerOfTheApplicationPublic(String undeclared) {
		try (ConfigurableApplicationContext started = start(OwnController.class,
				"auth-starter.undeclared-handlers=" + undeclared)) {
			HttpCalls http = new HttpCalls(port(started));
			for (int status : new int[] { 400, 401, 403, 404, 500 }) {
				HttpResponse<String> response = http.get("/public/" + status);
				assertThat(response.statusCode()).isEqualTo(status);
				assertThat(response.body()).isEqualTo("own page of " + status);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "authenticated, 404", "deny, 403 access_denied" })
	void keepsDeniedWhatTheConfigurationDenies(String undeclared, String answer) {
		try (ConfigurableApplicationContext started = start(SilentPage.class,
				"auth-starter.undeclared-handlers=" + undeclared)) {
			assertThat(answer(new HttpCalls(port(started)).get("/public/404"))).isEqualTo(answer);
		}
	}

	private static String answer(HttpResponse<String> response) {
		return response.body().contains("\"reason\"")
				? response.statusCode() + " " + HttpCalls.json(response).get("reason")
				: String.valueOf(response.statusCode());
	}

	private static ConfigurableApplicationContext start(Class<?> api, String... properties) {
		return new SpringApplicationBuilder(api)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public/**")
			.properties(properties)
			.run();
	}

	private static int port(ConfigurableApplicationContext started) {
		return started.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/** An API whose public handlers fail. */
	@Import({ TestApi.class, Failing.class })
	static class Plain {

	}

	@RestController
	static class Failing {

		@GetMapping("/public/{status:[0-9]+}")
		void fail(@PathVariable int status, HttpServletResponse response) throws Exception {
			response.sendError(status);
		}

	}

	/** With handlers of the application as error pages. */
	@Import({ Plain.class, Secrets.class })
	static class Pages {

		@Bean
		ErrorPageRegistrar pages() {
			return (registry) -> registry.addErrorPages(new ErrorPage(HttpStatus.NOT_FOUND, "/secret"),
					new ErrorPage(HttpStatus.GONE, "/organizations/org_acme/secret"),
					new ErrorPage(HttpStatus.LENGTH_REQUIRED, "/role"),
					new ErrorPage(HttpStatus.PRECONDITION_FAILED, "/stock"),
					new ErrorPage(HttpStatus.CONTENT_TOO_LARGE, "/silent"));
		}

	}

	@RestController
	static class Secrets {

		@RequestMapping("/secret")
		@RequiresScope("read:notes")
		String secret() {
			return "secret";
		}

		@RequestMapping("/organizations/{organizationId}/secret")
		Map<String, String> organization(Organization organization) {
			return Map.of("secret", organization.id());
		}

		@RequestMapping("/role")
		@RequiresOrganization
		@RequiresRole("editor")
		String role() {
			return "secret";
		}

		@RequestMapping("/stock")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		public String stock() {
			return "secret";
		}

		@RequestMapping("/silent")
		String silent() {
			return "for all clients";
		}

	}

	/** With an error controller of its own. */
	@Import({ Plain.class, OwnErrors.class })
	static class OwnController {

	}

	@RestController
	static class OwnErrors implements ErrorController {

		@RequestMapping("/error")
		String error(HttpServletRequest request) {
			return "own page of " + request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		}

	}

	/** With an error page without a rule. */
	@Import({ Plain.class, Secrets.class })
	static class SilentPage {

		@Bean
		ErrorPageRegistrar pages() {
			return (registry) -> registry.addErrorPages(new ErrorPage(HttpStatus.NOT_FOUND, "/silent"));
		}

	}

}
