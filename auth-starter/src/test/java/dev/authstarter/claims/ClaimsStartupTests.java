package dev.authstarter.claims;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.token.check.TokenContent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meaning of the properties of claims, and which of them make start-up fail.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClaimsStartupTests {

	private static final String ISSUER = "https://issuer.example/";

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + ISSUER, "auth-starter.audience=https://api.example");

	@Test
	void takesAPreset() {
		this.context.withPropertyValues("auth-starter.provider=okta").run((started) -> {
			AccessToken token = read(StartedClaimReader.of(started, ISSUER), "{'sub':'u','scp':['a'],'groups':['b']}");
			assertThat(token.scopes()).containsExactly("a");
			assertThat(token.roles()).containsExactly("b");
		});
	}

	@Test
	void listReplacesThePresets() {
		this.context
			.withPropertyValues("auth-starter.provider=okta", "auth-starter.claims.roles=/ext/roles,/o/{org}/roles",
					"auth-starter.claims.scopes=")
			.run((started) -> {
				AccessToken token = read(StartedClaimReader.of(started, ISSUER),
						"{'sub':'u','scp':['a'],'groups':['b'],'ext':{'roles':'c'},'o':{'acme':{'roles':'d'}}}");
				assertThat(token.scopes()).isEmpty();
				assertThat(token.roles()).containsExactly("c");
				assertThat(token.rolesIn(token.organization("acme"))).containsExactlyInAnyOrder("c", "d");
			});
	}

	@Test
	void takesEmptyHeaderType() {
		this.context
			.withPropertyValues("auth-starter.token.types[0]=", "auth-starter.token.types[1]=at+jwt",
					"auth-starter.token.reject-if=", "auth-starter.token.accept-if=x=1 & y")
			.run((started) -> {
				ClaimReader provider = StartedClaimReader.of(started, ISSUER);
				Map<String, Object> claims = Map.of("x", "1", "y", "2", "nonce", "n");
				assertThat(provider.type().refuse(TestContent.of(Map.of(), claims))).isNull();
				assertThat(provider.type().refuse(TestContent.of(Map.of("typ", "JWT"), claims))).isNotNull();
			});
	}

	@Test
	void takesAPresetForEachIssuer() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuers.staff.issuer=https://staff.example",
					"auth-starter.issuers.staff.audience=a", "auth-starter.issuers.staff.provider=okta",
					"auth-starter.issuers.build.issuer=https://token.actions.githubusercontent.com",
					"auth-starter.issuers.build.audience=b", "auth-starter.issuers.build.provider=github-actions",
					"auth-starter.issuers.build.organization.allowed=65",
					"auth-starter.issuers.other.issuer=https://other.example", "auth-starter.issuers.other.audience=c",
					"auth-starter.issuers.other.claims.roles=groups", "auth-starter.issuers.other.token.accept-if=sub",
					"auth-starter.issuers.other.organization.allowed=*")
			.run((started) -> {
				Map<String, Object> claims = Json.object("{'sub':'u','scp':['s'],'groups':['g'],'roles':['r']}");
				AccessToken staff = StartedClaimReader.of(started, "https://staff.example")
					.read(TokenContent.jwt(Map.of(), claims));
				assertThat(staff).isNotNull();
				assertThat(staff.roles()).containsExactly("g");
				ClaimReader build = StartedClaimReader.of(started, "https://token.actions.githubusercontent.com");
				assertThat(build.type().refuse(TestContent.of(Map.of(), claims))).isNotNull();
				AccessToken other = StartedClaimReader.of(started, "https://other.example")
					.read(TokenContent.jwt(Map.of(), claims));
				assertThat(other).isNotNull();
				assertThat(other.roles()).containsExactly("g");
			});
	}

	@Test
	void listsTheProvidersWhereOneIsUnknown() {
		assertInvalid("auth-starter.provider=keykloak", "auth-starter.provider",
				"This provider is unknown. It must be one of [auth0, authelia, authentik, casdoor, clerk, cognito,");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
					claims.roles                | /realm_access/rol*es | '/realm_access/rol*es' cannot be read at position 18: '*' must be a whole segment.
					claims.scopes               | /o/{org}             | '/o/{org}' cannot be read at position 4: '{org}' is not allowed here, only {audience}, {scope}.
					claims.permissions          | /o/{role}            | only {audience}, {org}, {permission}.
					claims.organizations        | /o/{role}            | only {audience}, {org}.
					claims.organization-names   | /o/                  | cannot be read at position 4: a segment is empty.
					claims.client-id            | /o/{org}             | only {audience}.
					claims.subject              | {org}                | a capture needs a path, which starts with '/'.
					token.accept-if               | a={b}                | '{client-id}' is the only placeholder of a value.
					token.reject-if                | !a=b                 | '!claim' takes no value, write 'claim!=value'.
					token.machine-if               | header:              | a claim's name is expected.
					token.audience-from         | none,aud             | it must be the last in its list.
					""")
	void namesThePropertyOfAWrongSelector(String property, String value, String message) {
		assertInvalid("auth-starter." + property + "=" + value, "auth-starter." + property, message);
	}

	@Test
	void refusesGateThatNothingProves() {
		assertInvalid("auth-starter.token.accept-if=", "auth-starter.token.accept-if",
				"It must name the claims that identify an access token, because 'auth-starter.token.types' allows "
						+ "other header types than 'at+jwt'.");
		assertInvalid("auth-starter.token.types=", "auth-starter.token.types",
				"It must name a header type, for example 'at+jwt'.");
		assertInvalid("auth-starter.token.audience-from=", "auth-starter.token.audience-from",
				"It must name a claim, for example 'aud'.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/user_metadata/roles", "unsafe_metadata", "custom:role", "preferred_username", "email",
			"name", "Email", "emails", "https://acme.example/Email", "https://acme.example/user_metadata",
			"/app/user_metadata/roles", "cognito:username" })
	void refusesRightsWhereUsersCanWriteThem(String selector) {
		for (String property : new String[] { "roles", "scopes", "permissions", "organizations" }) {
			assertInvalid("auth-starter.claims." + property + "=" + selector, "auth-starter.claims." + property,
					"At some providers, users can change '%s' and so choose their own rights. ".formatted(selector)
							+ "Use a claim that users cannot change, or set "
							+ "'auth-starter.claims.allow-user-editable' to true if they cannot change this one.");
		}
	}

	@ParameterizedTest
	@CsvSource({ "claims.subject, email, identity", "claims.subject, preferred_username, identity",
			"claims.subject, /user_metadata/id, identity", "claims.client-id, username, identity",
			"claims.client-id, custom:client, identity", "token.machine-if, email=*@bots.example, caller type",
			"token.machine-if, azp & preferred_username=service-account-*, caller type",
			"token.machine-if, !email, caller type", "token.machine-if, /unsafe_metadata/bot, caller type" })
	void refusesIdentityWhereUsersCanWriteIt(String property, String value, String chosen) {
		assertInvalid("auth-starter." + property + "=" + value, "auth-starter." + property,
				"At some providers, users can change '%s' and so choose their own %s. ".formatted(value, chosen));
		this.context
			.withPropertyValues("auth-starter." + property + "=" + value,
					"auth-starter.claims.allow-user-editable=true")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void takesRightsWhereUsersCanWriteThemIfThatIsConfigured() {
		this.context
			.withPropertyValues("auth-starter.claims.roles=custom:role", "auth-starter.claims.allow-user-editable=true")
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "app_metadata", "/app_metadata/roles", "https://acme.example/roles", "cognito:groups",
			"/roles/*/name", "names" })
	void takesRightsWhereOnlyTheApiCanWriteThem(String selector) {
		this.context.withPropertyValues("auth-starter.claims.roles=" + selector)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void refusesAudienceThatEveryTokenNames() {
		this.context.withPropertyValues("auth-starter.provider=keycloak", "auth-starter.audience=account")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("'keycloak' also puts it into tokens that are not for this API, or into the "
						+ "tokens of every client. Configure an audience for this API at the provider."));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\"',
			textBlock = """
					role-prefix=         | role-prefix       | A prefix must not be empty: without one, the name of a role could be that of any authority.
					role-prefix=SCOPE_X_ | role-prefix       | It collides with 'auth-starter.authorities.scope-prefix', which is 'SCOPE_': neither may start with the other.
					scope-prefix=ROLE_   | role-prefix       | It collides with 'auth-starter.authorities.scope-prefix', which is 'ROLE_'
					role-prefix=FACTOR_  | role-prefix       | It collides with 'FACTOR_', the prefix of Spring Security's authentication factors.
					scope-prefix=F       | scope-prefix      | It collides with 'FACTOR_'
					permission-prefix=FACTOR_X_ | permission-prefix | It collides with 'FACTOR_'
					""")
	void refusesPrefixesThatCollide(String property, String name, String message) {
		assertInvalid("auth-starter.authorities." + property, "auth-starter.authorities." + name, message);
	}

	@Test
	void saysOnceWhatADottedNameProbablyMeant(CapturedOutput output) {
		this.context.withPropertyValues("auth-starter.claims.roles=realm_access.roles").run((started) -> {
			ClaimReader provider = StartedClaimReader.of(started, ISSUER);
			read(provider, "{'sub':'u'}");
			read(provider, "{'sub':'u','realm_access.roles':'a'}");
			assertThat(output).doesNotContain("did you mean");
			read(provider, "{'sub':'u','realm_access':{'roles':['a']}}");
			read(provider, "{'sub':'u','realm_access':{'roles':['a']}}");
		});
		assertThat(output).containsOnlyOnce(
				"The selector 'realm_access.roles' is read as one claim name; did you mean '/realm_access/roles'?");
	}

	@Test
	void namesThePropertyWhereItStands() {
		WebApplicationContextRunner several = new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuers.staff.issuer=https://staff.example",
					"auth-starter.issuers.staff.audience=a");
		several.withPropertyValues("auth-starter.issuers.staff.claims.roles=/")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("Property auth-starter.issuers.staff.claims.roles with"));
		several.withPropertyValues("auth-starter.claims.roles=/")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.hasMessageContaining("Property auth-starter.claims.roles with"));
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

	private static AccessToken read(ClaimReader provider, String claims) {
		AccessToken token = provider.read(TokenContent.jwt(Map.of(), Json.object(claims)));
		assertThat(token).isNotNull();
		return token;
	}

}
