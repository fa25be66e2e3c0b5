package dev.authstarter.test;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Selectors of the application replace those of the preset, so forged claims are written
 * with them, too.
 */
class CustomSelectorTests {

	private static final String ENTRA = "5b2c4b0e-8f4c-4d3d-9b5c-1f2e3d4c5b6a";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withUserConfiguration(Api.class)
		.withConfiguration(AutoConfigurations.of(TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class))
		.withPropertyValues("auth-starter.issuer=https://issuer.example/",
				"auth-starter.audience=https://api.acme.example");

	@ParameterizedTest
	@ValueSource(strings = { "https://acme.example/roles", "/https:~1~1acme.example~1app/roles", "/roles/*/name",
			"/app/groups/acme-{role}", "/members/{role}", "/resource_access/{audience}/roles", "/roles/{role:key}" })
	void rolesStandWhereTheApplicationLooks(String selector) {
		with("claims.roles=" + selector, (good) -> good.withRoles("editor", "viewer"),
				(token) -> assertThat(token.roles()).containsExactlyInAnyOrder("editor", "viewer"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/tenants/{org}/roles", "/tenants/{org:id}/roles", "/members/{org}:{role}",
			"/members/{role}/{org}", "/groups/~1orgs~1{org}~1{role}", "/o/{org}/*/{role:key}" })
	void rolesOfAnOrganizationStandWhereTheApplicationLooks(String selector) {
		with("claims.roles=" + selector, (good) -> good.forOrganization("org_acme", "editor", "viewer"), (token) -> {
			assertThat(token.roles()).isEmpty();
			assertThat(token.organizations()).singleElement()
				.extracting(Organization::id, Organization::roles)
				.containsExactly("org_acme", Set.of("editor", "viewer"));
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "tenant", "/ctx/tenant/id", "/orgs/*", "/orgs/{org}", "/orgs/{org:id}", "/aud/urn:org:{org}" })
	void organizationStandsWhereTheApplicationLooks(String selector) {
		with("claims.organizations=" + selector, (good) -> good.forOrganization("org_acme"),
				(token) -> assertThat(token.organizations()).extracting(Organization::id).containsExactly("org_acme"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "scp", "/auth/scopes", "/scp/api.{scope}", "/grants/*/scope" })
	void scopesStandWhereTheApplicationLooks(String selector) {
		with("claims.scopes=" + selector, (good) -> good.withScopes("read:a", "write:a"),
				(token) -> assertThat(token.scopes()).containsExactlyInAnyOrder("read:a", "write:a"));
	}

	@ParameterizedTest
	@CsvSource({ "token.audience-from=client_id", "token.audience-from=/resource/id",
			"'token.accept-if[0]=/ctx/kind=access & version=2*'", "token.types=at+jwt", "profile=rfc9068",
			"algorithms=ES384", "claims.subject=uid" })
	void goodTokenIsGood(String property) {
		with(property, (good) -> good.asUser("auth0|42"), (token) -> assertThat(token.subject()).isEqualTo("auth0|42"));
	}

	@Test
	void rightsMayShareAPlace() {
		with("claims.permissions=scope", (good) -> good.withScopes("read:a"),
				(token) -> assertThat(token.permissions()).containsExactly("read:a"));
	}

	@Test
	void issuerOfAnEntraOrganizationNamesIt() {
		this.runner
			.withPropertyValues("auth-starter.issuer=https://login.microsoftonline.com/{tid}/v2.0",
					"auth-starter.jwks-uri=https://login.microsoftonline.com/common/discovery/v2.0/keys",
					"auth-starter.provider=entra", "auth-starter.organization.allowed=" + ENTRA)
			.run((context) -> {
				AccessToken token = ReadToken.of(context, context.getBean(TokenForge.class).token()).accepted();
				assertThat(token.issuer()).isEqualTo("https://login.microsoftonline.com/" + ENTRA + "/v2.0");
				assertThat(token.organization(ENTRA)).isNotNull();
			});
	}

	@Test
	void saysWhatToDoWhereSelectorsCannotBeReadBackwards() {
		this.runner.withPropertyValues("auth-starter.claims.roles=", "auth-starter.provider=keycloak")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(TokenForge.class).token().withRoles("editor"))
				.withMessage("Tokens of provider 'keycloak' cannot hold a role that applies in all organizations: "
						+ "'auth-starter.claims.roles' is empty. Configure the claim as in production, or use "
						+ "withClaim(name, value) to write the claims of your issuer."));
	}

	@Test
	void saysThatRolesCountInOrganizations() {
		this.runner.withPropertyValues("auth-starter.provider=zitadel")
			.run((context) -> assertThatIllegalArgumentException()
				.isThrownBy(() -> context.getBean(TokenForge.class).token().withRoles("editor"))
				.withMessageContaining(
						"Pass roles to forOrganization(id, roles), since they apply in one organization. "));
	}

	@Test
	void saysWhichTextCannotBeAScope() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(TokenForge.class).token().withScopes("read appointments"))
			.withMessageStartingWith("Tokens of provider 'generic' cannot hold 'read appointments': "
					+ "'auth-starter.claims.scopes' is [scope, scp]."));
	}

	@Test
	void machinesOfAProviderMayNeedACertainName() {
		this.runner.withPropertyValues("auth-starter.provider=clerk").run((context) -> {
			ForgedToken token = context.getBean(TokenForge.class).token();
			assertThat(ReadToken.of(context, token.asMachine("mch_1")).accepted().callerType())
				.isEqualTo(CallerType.MACHINE);
			assertThatIllegalArgumentException().isThrownBy(() -> token.asMachine("cron"))
				.withMessageStartingWith("Tokens of provider 'clerk' cannot hold the machine 'cron': "
						+ "'auth-starter.token.machine-if' is [sub=mch_*].");
		});
	}

	@Test
	void keycloakTokenLooksLikeOne() {
		this.runner.withPropertyValues("auth-starter.provider=keycloak")
			.run((context) -> assertThat(context.getBean(TokenForge.class)
				.token()
				.withScopes("read:a")
				.withRoles("viewer")
				.forOrganization("org_acme", "editor")).asString()
				.contains("\"typ\":\"JWT\"", "\"typ\":\"Bearer\"", "\"scope\":\"read:a\"", "\"azp\":\"forged-client\"",
						"\"realm_access\":{\"roles\":[\"viewer\"]}",
						"\"organization\":{\"org_acme\":{\"realm_access\":{\"roles\":[\"editor\"]}}}"));
	}

	private void with(String property, UnaryOperator<ForgedToken> change, Consumer<AccessToken> assertions) {
		this.runner.withPropertyValues("auth-starter." + property)
			.run((context) -> assertions
				.accept(ReadToken.of(context, change.apply(context.getBean(TokenForge.class).token())).accepted()));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Api {

	}

}
