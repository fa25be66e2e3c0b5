package dev.authstarter.operations.startup;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.authstarter.Organization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.claims.AccessTokenCustomizer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.servlet.inventory.RouteRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The warnings at start-up about rules, paths and public handlers that are rarely
 * intended.
 */
@ExtendWith(OutputCaptureExtension.class)
class LintTests {

	private static final String PATH_VARIABLES = "auth-starter.organization.path-variables";

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@Test
	void saysNothingOfUsualApi(CapturedOutput output) {
		assertThat(warnings(this.context.withBean(Usual.class), output)).isEmpty();
	}

	@Test
	void namesRulesThatNoTokenCanMeet(CapturedOutput output) {
		assertThat(warnings(this.context.withPropertyValues("auth-starter.provider=auth0").withBean(Guarded.class),
				output))
			.singleElement()
			.asString()
			.contains("No token has a role, so no caller can call ", Guarded.class.getName() + "#guarded (keeper)",
					"NoteController#delete (owner)",
					": provider 'auth0' of issuer 'default' reads no roles. Set 'auth-starter.claims.roles' to the claim")
			.doesNotContain("#list");
	}

	@Test
	void namesEveryKindOfRule(CapturedOutput output) {
		List<String> warnings = warnings(this.context
			.withPropertyValues("auth-starter.claims.scopes=", "auth-starter.claims.roles=",
					"auth-starter.claims.permissions=")
			.withUserConfiguration(Routes.class), output);
		assertThat(warnings).hasSize(3);
		assertThat(warnings.get(0)).contains("No token has a scope",
				"route (GET && /routes/open) (open:routes or see:routes)");
		assertThat(warnings.get(1)).contains("No token has a role");
		assertThat(warnings.get(2)).contains("No token has a permission", "(a and b)");
	}

	@Test
	void namesPropertiesOfSeveralIssuers(CapturedOutput output) {
		assertThat(warnings(new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuers.staff.issuer=https://staff.example/",
					"auth-starter.issuers.staff.audience=one", "auth-starter.issuers.staff.organization.allowed=*",
					"auth-starter.issuers.staff.provider=auth0",
					"auth-starter.issuers.cron.issuer=https://cron.example/", "auth-starter.issuers.cron.audience=one",
					"auth-starter.issuers.cron.organization.allowed=*", "auth-starter.issuers.cron.provider=curity"),
				output))
			.singleElement()
			.asString()
			.contains("provider 'auth0' of issuer 'staff' reads no roles",
					"provider 'curity' of issuer 'cron' reads no roles",
					"'auth-starter.issuers.staff.claims.roles' or 'auth-starter.issuers.cron.claims.roles'");
	}

	@Test
	void isSatisfiedWithOneIssuerThatSaysRoles(CapturedOutput output) {
		assertThat(warnings(new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuers.staff.issuer=https://staff.example/",
					"auth-starter.issuers.staff.audience=one", "auth-starter.issuers.staff.organization.allowed=*",
					"auth-starter.issuers.staff.provider=auth0",
					"auth-starter.issuers.cron.issuer=https://cron.example/", "auth-starter.issuers.cron.audience=one",
					"auth-starter.issuers.cron.organization.allowed=*"),
				output))
			.isEmpty();
	}

	@Test
	void saysNothingWhereTheApplicationReadsTokensItself(CapturedOutput output) {
		WebApplicationContextRunner auth0 = this.context.withPropertyValues("auth-starter.provider=auth0");
		assertThat(warnings(auth0.withBean(AccessTokenCustomizer.class, () -> (token) -> token), output)).isEmpty();
		assertThat(warnings(auth0.withBean(JwtAuthenticationConverter.class), output)).singleElement()
			.asString()
			.contains("A JwtAuthenticationConverter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/**", "/{*path}", "/**/*", "/*/**", "/{first}/**", "/{first:.*}/**", "/docs,/**",
			"/*,/*/*,/*/*/**" })
	void namesPublicPathsThatOpenEverything(String patterns, CapturedOutput output) {
		assertThat(warnings(this.context.withPropertyValues("auth-starter.public-paths=" + patterns), output))
			.singleElement()
			.asString()
			.contains("'auth-starter.public-paths' is '" + patterns + "', which makes every path public");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/docs/**", "/public/{*path}", "/*", "/*/docs/**", "/**/docs", "/favicon.ico" })
	void saysNothingOfOtherPublicPaths(String patterns, CapturedOutput output) {
		assertThat(warnings(this.context.withPropertyValues("auth-starter.public-paths=" + patterns), output))
			.isEmpty();
	}

	@Test
	void namesConfiguredVariableThatNoPathHas(CapturedOutput output) {
		assertThat(warnings(this.context.withPropertyValues(PATH_VARIABLES + "=organizationId,organisationId"), output))
			.singleElement()
			.asString()
			.contains("'" + PATH_VARIABLES + "' names 'organisationId', but no handler's path has that variable.");
		assertThat(warnings(this.context.withPropertyValues(PATH_VARIABLES + "[0]=clinicId"), output))
			.anySatisfy((warning) -> assertThat(warning).contains("names 'clinicId'"));
	}

	@Test
	void saysNothingOfDefaultVariableThatNoPathHas(CapturedOutput output) {
		assertThat(warnings(
				new WebApplicationContextRunner().withUserConfiguration(WithoutOrganizations.class)
					.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one"),
				output))
			.isEmpty();
	}

	@Test
	void namesVariablesThatLookLikeAnOrganizations(CapturedOutput output) {
		assertThat(warnings(this.context.withBean(Alike.class), output)).satisfiesExactly(
				(warning) -> assertThat(warning)
					.contains("The path variable '{id}' of /tenants/{id} looks like an organization's"),
				(warning) -> assertThat(warning).contains(
						"'{orgId}' of /orgs/{orgId}/notes, /orgs/{orgId}/notes/{id} looks like",
						"If it is one, add it to '" + PATH_VARIABLES + "'"),
				(warning) -> assertThat(warning).contains("'{tenantId}' of /routes/{tenantId}"));
	}

	@Test
	void namesVariableBesideOrganization(CapturedOutput output) {
		assertThat(warnings(this.context.withBean(Beside.class), output)).singleElement()
			.asString()
			.contains(
					"'{libraryId}' of /libraries/{libraryId}, /libraries/{libraryId}/books/{bookId}; '{shop}' of /shops/{shop}/notes.",
					"If one is an organization's id, add it to '" + PATH_VARIABLES + "'")
			.doesNotContain("{bookId}'", "{id}");
		assertThat(warnings(this.context.withBean(Beside.class)
			.withPropertyValues(PATH_VARIABLES + "=organizationId,libraryId,shop"), output)).isEmpty();
	}

	private static List<String> warnings(WebApplicationContextRunner context, CapturedOutput output) {
		int before = output.getAll().length();
		context.run((started) -> assertThat(started).hasNotFailed());
		return output.getAll().substring(before).lines().filter((line) -> line.startsWith("  warning: ")).toList();
	}

	@RestController
	static class Usual {

		@GetMapping("/notes/{id}")
		void find(@PathVariable UUID id, Organization organization) {
		}

		@GetMapping("/notes/{noteId}/comments")
		void comments(@PathVariable UUID noteId) {
		}

		@GetMapping("/organizations/{organizationId}/tenants/{tenantId}/notes/{noteId}")
		void scoped(@PathVariable UUID noteId, Organization organization) {
		}

	}

	@Service
	static class Guarded {

		@RequiresRole("keeper")
		void guarded() {
		}

		@RequiresScope("keep")
		void list() {
		}

	}

	static class Routes {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouteRule.anyScope("open:routes", "see:routes")
				.around(RouterFunctions.route().GET("/routes/open", (request) -> ServerResponse.ok().build()).build());
		}

		@Bean
		Permitted permitted() {
			return new Permitted();
		}

	}

	@RestController
	static class Permitted {

		@GetMapping("/permitted")
		@RequiresPermission({ "a", "b" })
		void get() {
		}

	}

	@RestController
	static class Alike {

		@GetMapping({ "/orgs/{orgId}/notes", "/orgs/{orgId}/notes/{id}" })
		void notes() {
		}

		@GetMapping("/tenants/{id}")
		void tenant() {
		}

		@Bean
		RouterFunction<ServerResponse> routes() {
			return RouterFunctions.route().GET("/routes/{tenantId}", (request) -> ServerResponse.ok().build()).build();
		}

	}

	@RestController
	static class Beside {

		@GetMapping("/libraries/{libraryId}/books/{bookId}")
		void book(@PathVariable String libraryId, Organization organization) {
		}

		@GetMapping("/libraries/{libraryId}")
		void library(Optional<Organization> organization) {
		}

		@GetMapping("/shops/{shop}/notes")
		void notes(Organization organization) {
		}

	}

	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class WithoutOrganizations {

	}

}
