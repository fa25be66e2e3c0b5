package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.ResolvedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.provider.Presets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The warning about an issuer whose URL shows its provider. A preset applies only if it
 * is configured.
 */
class ProviderLintTests {

	private final ApplicationContextRunner several = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(AuthStarterAutoConfiguration.class, IssuerAutoConfiguration.class, ClaimsAutoConfiguration.class));

	private final ApplicationContextRunner context = this.several
		.withPropertyValues("auth-starter.audience=https://api.example");

	@ParameterizedTest
	@CsvSource({ "https://acme.eu.auth0.com/, auth0", "https://acme.auth0.com/, auth0",
			"https://acme.okta.com/oauth2/default, okta", "https://acme.oktapreview.com/oauth2/aus1, okta",
			"https://login.example/realms/acme, keycloak", "https://login.example/auth/realms/acme, keycloak",
			"http://localhost:8180/realms/acme, keycloak",
			"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0, entra",
			"https://sts.windows.net/11111111-2222-3333-4444-555555555555/, entra",
			"https://acme.ciamlogin.com/11111111-2222-3333-4444-555555555555/v2.0, entra",
			"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC, cognito",
			"https://securetoken.google.com/acme, firebase", "https://auth.pingone.eu/env/as, pingone",
			"https://acme.logto.app/oidc, logto", "https://acme.kinde.com, kinde",
			"https://ref.supabase.co/auth/v1, supabase", "https://acme.zitadel.cloud, zitadel",
			"https://auth.example/application/o/api/, authentik",
			"https://oidc.eks.eu-west-1.amazonaws.com/id/ABC, kubernetes",
			"https://am.example:443/am/oauth2/alpha, forgerock",
			"https://am.example/openam/oauth2/realms/alpha/realms/acme, forgerock",
			"https://acme.okta.mil/oauth2/default, okta", "https://api.euc1.descope.com/P2x, descope" })
	void namesProviderThatTheIssuerShows(String issuer, String provider) {
		assertThat(findings("auth-starter.issuer=" + issuer)).singleElement()
			.asString()
			.contains("'auth-starter.provider' is not set", "'%s'".formatted(issuer),
					"Set it to '%s'".formatted(provider));
		assertThat(findings("auth-starter.issuer=" + issuer, "auth-starter.provider=generic")).isEmpty();
	}

	@Test
	void namesAnotherProviderThanTheIssuerShows() {
		assertThat(findings("auth-starter.issuer=https://acme.eu.auth0.com/", "auth-starter.provider=keycloak"))
			.singleElement()
			.asString()
			.contains(
					"'auth-starter.provider' is 'keycloak', but the issuer 'https://acme.eu.auth0.com/' belongs to the provider 'auth0'");
		assertThat(findings("auth-starter.issuer=https://acme.eu.auth0.com/", "auth-starter.provider=rfc9068"))
			.isEmpty();
		assertThat(findings("auth-starter.issuer=https://login.example/", "auth-starter.provider=keycloak")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://login.example/", "https://auth0.com.example/", "https://acme.auth0.com.example/",
			"https://example/acme.auth0.com/", "https://acme.okta.com", "https://login.example/realms/acme/more",
			"https://login.example/realms/", "https://gitlab.com", "https://okta.com.example/oauth2/default" })
	void saysNothingOfOthers(String issuer) {
		assertThat(findings("auth-starter.issuer=" + issuer)).isEmpty();
	}

	@Test
	void namesPropertyOfTheIssuer() {
		assertThat(findings(this.several, "auth-starter.issuers.customers.issuer=https://acme.eu.auth0.com/",
				"auth-starter.issuers.customers.audience=https://api.example",
				"auth-starter.issuers.customers.organization.allowed=a-*",
				"auth-starter.issuers.staff.audience=https://api.example",
				"auth-starter.issuers.staff.organization.allowed=b-*",
				"auth-starter.issuers.staff.issuer=https://login.example/realms/staff",
				"auth-starter.issuers.staff.provider=keycloak"))
			.singleElement()
			.asString()
			.contains("'auth-starter.issuers.customers.provider' is not set");
	}

	@ParameterizedTest
	@CsvSource({ "https://acme.eu.auth0.com/, auth0", "https://login.example/realms/acme, keycloak" })
	void isDetectedWhereThatIsAskedFor(String issuer, String provider) {
		this.context.withPropertyValues("auth-starter.issuer=" + issuer, "auth-starter.provider=detect")
			.run((started) -> {
				TrustedIssuers issuers = started.getBean(TrustedIssuers.class);
				assertThat(started.getBean(ClaimReaders.class).of(issuers.iterator().next()).spelling().provider())
					.isEqualTo(provider);
				assertThat(lint(started)).isEmpty();
			});
	}

	/** An issuer that is named at run time is read like the configured one. */
	@Test
	void isDetectedOfTheConfiguredIssuer() {
		this.context
			.withPropertyValues("auth-starter.issuer=https://acme.eu.auth0.com/", "auth-starter.provider=detect",
					"auth-starter.organization.allowed=org_acme")
			.withBean(IssuerResolver.class,
					() -> (issuer) -> ResolvedIssuer.like(TrustedIssuer.SINGLE).withAllowedOrganizations("a-*"))
			.run((started) -> {
				TrustedIssuer other = started.getBean(TrustedIssuers.class)
					.resolve(Map.of("iss", "https://cust.okta.com/oauth2/default"));
				assertThat(other).isNotNull();
				assertThat(started.getBean(ClaimReaders.class).of(other).spelling().provider()).isEqualTo("auth0");
			});
	}

	@Test
	void stopsTheStartWhereNothingIsToBeDetected() {
		this.context.withPropertyValues("auth-starter.issuer=https://login.example/", "auth-starter.provider=detect")
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.hasMessageContaining("The provider of the issuer 'https://login.example/' cannot be detected."));
	}

	@ParameterizedTest
	@CsvSource({ "https://acme.eu.auth0.com/, https://acme.eu.auth0.com/userinfo",
			"https://login.example/realms/acme, account",
			"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0, https://graph.microsoft.com",
			"https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0, 00000003-0000-0000-c000-000000000000" })
	void stopsTheStartWhereEveryTokenHasTheAudience(String issuer, String audience) {
		for (String provider : List.of("auth-starter.provider=detect", "a=b")) {
			this.context
				.withPropertyValues("auth-starter.issuer=" + issuer, "auth-starter.audience=" + audience, provider)
				.run((started) -> assertThat(started).getFailure()
					.rootCause()
					.hasMessageContaining("also puts it into tokens that are not for this API"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "realm_access.roles, /realm_access/roles", "$.realm_access.roles, /realm_access/roles",
			"$.roles, /roles", "'$.resource_access.api.roles', /resource_access/api/roles",
			"'$.groups[*].name', /groups/*/name", "app_metadata.roles, /app_metadata/roles" })
	void namesPathThatIsWrittenLikeThoseOfOtherLibraries(String selector, String path) {
		assertThat(findings("auth-starter.issuer=https://login.example/", "auth-starter.claims.roles=" + selector))
			.singleElement()
			.asString()
			.contains("'claims.roles' of the issuer 'default' is '%s'".formatted(selector),
					"write '%s'".formatted(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://api.example/roles", "com.example.roles", "xs.user.attributes", "pi.atm",
			"/realm_access/roles", "realm_access", "ext.roles", "organization.id" })
	void leavesOtherNamesWithDotsAlone(String selector) {
		assertThat(findings("auth-starter.issuer=https://login.example/", "auth-starter.claims.roles=" + selector))
			.isEmpty();
	}

	private List<String> findings(String... properties) {
		return findings(this.context, properties);
	}

	private static List<String> findings(ApplicationContextRunner context, String... properties) {
		List<String> findings = new ArrayList<>();
		context.withPropertyValues(properties).run((started) -> findings.addAll(lint(started)));
		return findings;
	}

	private static List<String> lint(ApplicationContext context) {
		return new ProviderLint(context.getBean(TrustedIssuers.class), context.getBean(AuthStarterProperties.class),
				context.getBean(Presets.class), context.getBean(ClaimReaders.class))
			.findings();
	}

}
