package dev.authstarter.claims;

import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.configuration.MissingPropertyException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.token.check.TokenContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which organizations the tokens of an issuer may name, and when that has to be
 * configured.
 */
class OrganizationsOfIssuersTests {

	private static final String ISSUER = "https://issuer.example/";

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + ISSUER, "auth-starter.audience=https://api.example");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			""        | It is empty. List the organizations that may call this API, or '*' for all, or remove it.
			"*,acme"  | '*' stands for all organizations and must be the only entry.
			"a*b"     | '*' must be at the end of a prefix, not inside of 'a*b'.
			"**"      | '*' must be at the end of a prefix, not inside of '**'.
			""")
	void refusesOrganizationsThatSayNothing(String allowed, String message) {
		assertInvalid("auth-starter.organization.allowed=" + allowed, "auth-starter.organization.allowed", message);
		assertInvalid("auth-starter.organization.allowed[0]=" + allowed, "auth-starter.organization.allowed",
				allowed.isEmpty() ? "must not be blank" : message.substring(0, 4));
	}

	private static WebApplicationContextRunner twoIssuers(String... properties) {
		return new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuers.a.issuer=https://a.example", "auth-starter.issuers.a.audience=a",
					"auth-starter.issuers.b.issuer=https://b.example", "auth-starter.issuers.b.audience=a")
			.withPropertyValues(properties);
	}

	@Test
	void asksEachOfSeveralIssuersForItsOrganizations() {
		String a = "auth-starter.issuers.a.organization.allowed=";
		String b = "auth-starter.issuers.b.organization.allowed=";
		for (String missing : new String[] { "a", "b" }) {
			twoIssuers(missing.equals("a") ? b + "*" : a + "*").run((started) -> {
				assertThat(started).hasFailed();
				assertThat(started.getStartupFailure()).rootCause()
					.isInstanceOf(MissingPropertyException.class)
					.hasMessage("No allowed organization is configured: the property "
							+ "'auth-starter.issuers.%1$s.organization.allowed' is missing. A token of the issuer "
								.formatted(missing)
							+ "'https://%s.example' could name an organization of another issuer.".formatted(missing));
			});
		}
		twoIssuers(a + "org_acme,eu-*", b + "*").run((started) -> assertThat(started).hasNotFailed());
		twoIssuers(a + "*", b)
			.run((started) -> assertThat(started.getStartupFailure()).rootCause().hasMessageContaining("It is empty."));
	}

	@Test
	void asksNothingOfAnIssuerThatNamesNoOrganizations() {
		twoIssuers("auth-starter.issuers.a.provider=okta", "auth-starter.issuers.b.claims.organizations=")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void refusesOrganizationsForAllOfSeveralIssuers() {
		twoIssuers("auth-starter.organization.allowed=org_acme", "auth-starter.issuers.a.organization.allowed=*",
				"auth-starter.issuers.b.organization.allowed=*")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("With several issuers, each one needs its own list of organizations. Move it to "
						+ "'auth-starter.issuers.<name>.organization.allowed'."));
	}

	@Test
	void holdsDecodersToTheOrganizationsOfTheIssuer() {
		AccessTokenCustomizer decoder = (token) -> new AccessToken(token.issuer(), token.subject(), token.clientId(),
				token.callerType(), token.scopes(), token.roles(), token.permissions(),
				List.of(Organization.of("org_acme"), Organization.of("partner-1")), token.actor(), token.expiresAt(),
				token.claims());
		twoIssuers("auth-starter.issuers.a.organization.allowed=org_acme",
				"auth-starter.issuers.b.organization.allowed=partner-*")
			.withBean(AccessTokenCustomizer.class, () -> decoder)
			.run((started) -> {
				AccessToken token = StartedClaimReader.of(started, "https://b.example")
					.read(TokenContent.jwt(Map.of(), Map.of("sub", "u", "scope", "a", "org_id", "partner-2")));
				assertThat(token).isNotNull();
				assertThat(token.organizations()).extracting(Organization::id).containsExactly("partner-1");
			});
	}

	@Test
	void keepsTheOrganizationsOfIssuersApart() {
		twoIssuers("auth-starter.issuers.a.organization.allowed=org_acme",
				"auth-starter.issuers.b.organization.allowed=partner-*")
			.run((started) -> {
				Map<String, Object> claims = Json.object("{'sub':'u','scope':'s','org_id':'org_acme'}");
				AccessToken own = StartedClaimReader.of(started, "https://a.example")
					.read(TokenContent.jwt(Map.of(), claims));
				assertThat(own).isNotNull();
				assertThat(own.organization("org_acme")).isNotNull();
				AccessToken other = StartedClaimReader.of(started, "https://b.example")
					.read(TokenContent.jwt(Map.of(), claims));
				assertThat(other).isNotNull();
				assertThat(other.organizations()).isEmpty();
				assertThat(StartedClaimReader.of(started, "https://b.example").grants().refuse(other))
					.isEqualTo(Reason.ORGANIZATION_NOT_ALLOWED);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "github-actions", "gitlab-ci", "google", "workos" })
	void refusesAllOrganizationsOfASharedIssuer(String provider) {
		this.context.withPropertyValues("auth-starter.provider=" + provider, "auth-starter.organization.allowed=*")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("Any user of the provider can get a token of the issuer "
						+ "'https://issuer.example/': list the organizations."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "github-actions", "gitlab-ci", "google", "workos" })
	void asksForTheOrganizationsOfASharedIssuer(String provider) {
		this.context.withPropertyValues("auth-starter.provider=" + provider).run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOf(MissingPropertyException.class)
				.hasMessage("No allowed organization is configured: the property 'auth-starter.organization.allowed' "
						+ "is missing. Any user of the provider can get a token of the issuer "
						+ "'https://issuer.example/'; only the organization identifies your users.");
		});
		this.context.withPropertyValues("auth-starter.provider=" + provider, "auth-starter.organization.allowed=1")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void asksForTheOrganizationsOfAnIssuerTemplate() {
		this.context
			.withPropertyValues("auth-starter.issuer=https://login.microsoftonline.com/{tid}/v2.0",
					"auth-starter.jwks-uri=https://login.microsoftonline.com/common/discovery/v2.0/keys",
					"auth-starter.provider=entra")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("'auth-starter.organization.allowed' is missing"));
	}

	@Test
	void refusesOrganizationsThatNoTokenCanName() {
		this.context.withPropertyValues("auth-starter.provider=okta", "auth-starter.organization.allowed=acme")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining(
						"No token could name one of them: 'auth-starter.claims.organizations' is empty."));
	}

	private void assertInvalid(String setting, String property, String message) {
		this.context.withPropertyValues(setting).run((started) -> {
			assertThat(started).hasFailed();
			assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).contains(message);
				});
		});
	}

}
