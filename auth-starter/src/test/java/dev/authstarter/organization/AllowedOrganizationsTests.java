package dev.authstarter.organization;

import java.util.stream.Stream;

import dev.authstarter.Organizations;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.ResolvedIssuer;
import dev.authstarter.issuer.TrustedIssuers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * In which organizations a machine may act if its token names none.
 */
class AllowedOrganizationsTests {

	private static final String ISSUER = "https://issuer.example/";

	private static final String STAFF = "https://staff.example/";

	private static final String TEMPLATE = "https://login.microsoftonline.com/{tid}/v2.0";

	@Test
	void allowsAllWithoutAList() {
		check(allowed("issuer=" + ISSUER, "audience=a"), ISSUER, "org_acme", true);
	}

	@Test
	void allowsNothingBesideTheList() {
		WebApplicationContextRunner allowed = allowed("issuer=" + ISSUER, "audience=a",
				"organization.allowed=org_acme,eu-*");
		check(allowed, ISSUER, "org_acme", true);
		check(allowed, ISSUER, "eu-1", true);
		check(allowed, ISSUER, "org_globex", false);
		check(allowed, "", "org_globex", false);
	}

	@Test
	void keepsTheListsOfIssuersApart() {
		WebApplicationContextRunner allowed = allowed("issuers.a.issuer=" + ISSUER, "issuers.a.audience=a",
				"issuers.a.organization.allowed=org_acme", "issuers.staff.issuer=" + STAFF, "issuers.staff.audience=a",
				"issuers.staff.organization.allowed=org_globex");
		check(allowed, STAFF, "org_globex", true);
		check(allowed, STAFF, "org_acme", false);
		check(allowed, ISSUER, "org_acme", true);
		check(allowed, ISSUER, "org_globex", false);
		check(allowed, "https://other.example/", "org_acme", false);
	}

	@Test
	void holdsTenantsOfATemplateToItsList() {
		WebApplicationContextRunner allowed = allowed("issuers.a.issuer=" + ISSUER, "issuers.a.audience=a",
				"issuers.a.organization.allowed=*", "issuers.entra.issuer=" + TEMPLATE, "issuers.entra.audience=a",
				"issuers.entra.provider=entra", "issuers.entra.jwks-uri=https://login.microsoftonline.com/keys",
				"issuers.entra.organization.allowed=72f988bf-86f1-41af-91ab-2d7cd011db47");
		String issuer = TEMPLATE.replace("{tid}", "72f988bf-86f1-41af-91ab-2d7cd011db47");
		check(allowed, issuer, "72f988bf-86f1-41af-91ab-2d7cd011db47", true);
		check(allowed, issuer, "fa15d692-e9c7-4460-a743-29f2956fd429", false);
		check(allowed, ISSUER, "fa15d692-e9c7-4460-a743-29f2956fd429", true);
	}

	@Test
	void keepsIssuersThatAreNamedAtRunTimeToTheirLists() {
		String realm = "https://realm.example/";
		WebApplicationContextRunner allowed = allowed("issuers.a.issuer=" + ISSUER, "issuers.a.audience=a",
				"issuers.a.organization.allowed=*", "issuers.entra.issuer=" + TEMPLATE, "issuers.entra.audience=a",
				"issuers.entra.provider=entra", "issuers.entra.jwks-uri=https://login.microsoftonline.com/keys",
				"issuers.entra.organization.allowed=72f988bf-86f1-41af-91ab-2d7cd011db47")
			.withBean(IssuerResolver.class, () -> (issuer) -> issuer.equals(realm)
					? ResolvedIssuer.like("a").withAllowedOrganizations("org_realm") : failFor(issuer));
		check(allowed, realm, "org_realm", true);
		check(allowed, realm, "org_acme", false);
		check(allowed, ISSUER, "org_acme", true);
		check(allowed, "https://gone.example/", "org_acme", false);
		check(allowed, "https://failing.example/", "org_acme", false);
		String tenant = TEMPLATE.replace("{tid}", "72f988bf-86f1-41af-91ab-2d7cd011db47");
		check(allowed, tenant, "72f988bf-86f1-41af-91ab-2d7cd011db47", true);
		check(allowed, tenant, "org_acme", false);
	}

	@Test
	void letsJobsActForOrganizationsOfIssuersThatAreNamedAtRunTime() {
		WebApplicationContextRunner allowed = allowed("issuer=" + ISSUER, "audience=a",
				"organization.allowed=org_acme");
		allowed.withBean(IssuerResolver.class, () -> (issuer) -> null)
			.run((started) -> assertThat(
					started.getBean(Organizations.class).callAs("org_realm", "nightly report", () -> "done"))
				.isEqualTo("done"));
		allowed.run((started) -> assertThatIllegalArgumentException().isThrownBy(
				() -> started.getBean(Organizations.class).callAs("org_realm", "nightly report", () -> "done")));
	}

	private static @Nullable ResolvedIssuer failFor(String issuer) {
		if (issuer.contains("failing")) {
			throw new IllegalStateException("on purpose");
		}
		return null;
	}

	private static void check(WebApplicationContextRunner context, String issuer, String organization,
			boolean expected) {
		context.run((started) -> assertThat(
				new AllowedOrganizations(started.getBean(TrustedIssuers.class), started.getBean(ClaimReaders.class))
					.allows(issuer, organization))
			.isEqualTo(expected));
	}

	private static WebApplicationContextRunner allowed(String... properties) {
		return new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues(
					Stream.of(properties).map((property) -> "auth-starter." + property).toArray(String[]::new));
	}

}
