package dev.authstarter.test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.ResolvedIssuer;
import dev.authstarter.provider.ProviderSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Forged tokens of every provider are read by the decoder and the mapping of one
 * application that trusts all of them.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DialectTests {

	private static final String AUDIENCE = "https://api.acme.example";

	private final AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext();

	private TokenForge forge;

	@BeforeAll
	void start() {
		List<String> properties = new ArrayList<>();
		for (Sample sample : Sample.values()) {
			String prefix = "auth-starter.issuers." + sample.provider() + ".";
			properties.add(prefix + "issuer=" + sample.issuer());
			properties.add(prefix + "provider=" + sample.provider());
			properties.add(prefix + "audience=" + AUDIENCE);
			properties.add(prefix + "organization.allowed=" + (sample.can("allowed") ? "org_acme,org_globex" : "*"));
			if (sample.can("nothing")) {
				properties.add(prefix + "token.allow-no-grants=true");
			}
		}
		TestPropertyValues.of(properties).applyTo(this.application);
		this.application.register(Application.class);
		this.application.registerBean(IssuerResolver.class, () -> (issuer) -> issuer.endsWith("realm.example")
				? ResolvedIssuer.like("generic").withAllowedOrganizations("org_acme") : null);
		this.application.refresh();
		this.forge = this.application.getBean(TokenForge.class);
	}

	@AfterAll
	void close() {
		this.application.close();
	}

	@Test
	void everyPresetIsTried() throws Exception {
		try (InputStream presets = Objects
			.requireNonNull(ProviderSettings.class.getResourceAsStream("providers.json"))) {
			Set<String> names = JSONObjectUtils
				.getJSONObject(JSONObjectUtils.parse(new String(presets.readAllBytes(), StandardCharsets.UTF_8)),
						"providers")
				.keySet();
			assertThat(Stream.of(Sample.values()).map(Sample::provider)).hasSize(36)
				.containsExactlyInAnyOrderElementsOf(names);
		}
	}

	@ParameterizedTest
	@EnumSource
	void tokenIsAccepted(Sample sample) {
		ReadToken read = read(token(sample));
		if (sample.can("needs-role")) {
			assertThat(read.refused()).isEqualTo(Reason.NO_GRANTS);
		}
		else {
			assertThat(read.accepted().issuer()).isEqualTo(sample.issuer());
		}
	}

	@ParameterizedTest
	@EnumSource
	void scopesComeBack(Sample sample) {
		if (hold(sample, "scopes", "auth-starter.claims.scopes", () -> token(sample).withScopes("a"))) {
			ForgedToken token = token(sample).withScopes("read:appointments", "write:appointments");
			assertThat(read(token).accepted().scopes()).containsExactlyInAnyOrder("read:appointments",
					"write:appointments");
		}
	}

	@ParameterizedTest
	@EnumSource
	void rolesComeBack(Sample sample) {
		if (hold(sample, "roles", "auth-starter.claims.roles", () -> token(sample).withRoles("editor"))) {
			assertThat(read(token(sample).withRoles("editor", "sales manager")).accepted().roles())
				.containsExactlyInAnyOrder("editor", "sales manager");
		}
	}

	@ParameterizedTest
	@EnumSource
	void permissionsComeBack(Sample sample) {
		if (hold(sample, "permissions", "auth-starter.claims.permissions", () -> token(sample).withPermissions("p"))) {
			assertThat(read(token(sample).withPermissions("p:1", "p:2")).accepted().permissions())
				.containsExactlyInAnyOrder("p:1", "p:2");
		}
	}

	@ParameterizedTest
	@EnumSource
	void organizationComesBack(Sample sample) {
		if (hold(sample, "organization", "auth-starter.claims.organizations",
				() -> token(sample).forOrganization("org_globex"))) {
			ForgedToken token = token(sample).forOrganization("org_globex");
			if (sample.can("needs-role")) {
				token = token.forOrganization("org_globex", "viewer");
			}
			assertThat(read(token).accepted().organizations()).extracting(Organization::id)
				.containsExactly("org_globex");
		}
	}

	@ParameterizedTest
	@EnumSource
	void rolesInAnOrganizationComeBack(Sample sample) {
		boolean roles = sample.can("roles") || sample.can("organization-roles");
		if (!sample.can("organization") || !roles) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> token(sample).forOrganization("org_globex", "editor", "viewer"))
				.withMessageContaining("provider '" + sample.provider() + "'");
			return;
		}
		AccessToken token = read(token(sample).forOrganization("org_globex", "editor", "viewer")).accepted();
		Organization organization = token.organization("org_globex");
		assertThat(organization).isNotNull();
		assertThat(token.rolesIn(organization)).containsExactlyInAnyOrder("editor", "viewer");
		if (sample.can("organization-roles")) {
			assertThat(token.roles()).isEmpty();
			assertThat(organization.roles()).containsExactlyInAnyOrder("editor", "viewer");
		}
	}

	@ParameterizedTest
	@EnumSource
	void personComesBack(Sample sample) {
		if (hold(sample, "person", "auth-starter.token.machine-if", () -> token(sample).asUser("u"))) {
			AccessToken token = read(granting(sample).asUser("auth0|42")).accepted();
			assertThat(token.subject()).isEqualTo("auth0|42");
			assertThat(token.callerType()).isEqualTo(CallerType.USER);
		}
	}

	@ParameterizedTest
	@EnumSource
	void machineComesBack(Sample sample) {
		if (hold(sample, "machine", "auth-starter.token.machine-if", () -> token(sample).asMachine("reminder-cron"))) {
			AccessToken token = read(granting(sample).asMachine(sample.machine())).accepted();
			assertThat(token.subject()).isEqualTo(sample.machine());
			assertThat(token.clientId()).isEqualTo(sample.machine());
			assertThat(token.callerType()).isEqualTo(CallerType.MACHINE);
		}
	}

	@ParameterizedTest
	@EnumSource
	void everythingComesBackTogether(Sample sample) {
		ForgedToken token = granting(sample);
		token = sample.can("scopes") ? token.withScopes("s1", "s2") : token;
		token = sample.can("permissions") ? token.withPermissions("p1") : token;
		token = sample.can("roles") ? token.withRoles("r1") : token;
		token = sample.can("organization") ? token.forOrganization("org_acme", roles(sample)) : token;
		token = sample.can("machine") ? token.asMachine(sample.machine()) : token;
		AccessToken read = read(token).accepted();
		assertThat(read.scopes()).isEqualTo(sample.can("scopes") ? Set.of("s1", "s2") : Set.of());
	}

	@ParameterizedTest
	@EnumSource
	void defectsAreNamed(Sample sample) {
		ForgedToken good = granting(sample);
		assertThat(read(good).refused()).isNull();
		assertThat(read(good.asIdToken()).refused()).isEqualTo(Reason.ID_TOKEN);
		assertThat(read(good.asRefreshToken()).refused()).isEqualTo(Reason.REFRESH_TOKEN);
		assertThat(read(good.asLogoutToken()).refused()).isEqualTo(Reason.LOGOUT_TOKEN);
		assertThat(read(good.expired()).refused()).isEqualTo(Reason.TOKEN_EXPIRED);
		assertThat(read(good.notYetValid()).refused()).isEqualTo(Reason.TOKEN_NOT_YET_VALID);
		assertThat(read(good.withoutExpiry()).refused()).isEqualTo(Reason.MISSING_EXPIRY);
		assertThat(read(good.forAudience("https://other.example")).refused()).isEqualTo(Reason.WRONG_AUDIENCE);
		assertThat(read(good.fromIssuer("https://evil.example")).refused()).isEqualTo(Reason.WRONG_ISSUER);
		assertThat(read(good.signedByUntrustedKey()).refused()).isEqualTo(Reason.BAD_SIGNATURE);
		assertThat(read(good.withUnknownKey()).refused()).isEqualTo(Reason.UNKNOWN_KEY);
		assertThat(read(good.tampered()).refused()).isEqualTo(Reason.BAD_SIGNATURE);
		assertThat(read(good.unsigned()).refused()).isEqualTo(Reason.ALGORITHM_NOT_ALLOWED);
	}

	@Test
	void firstIssuerIsUsedUnlessAnotherIsNamed() {
		assertThat(read(this.forge.token()).accepted().issuer()).isEqualTo(Sample.values()[0].issuer());
		assertThat(read(this.forge.tokenFrom("https://okta.example")).accepted().issuer())
			.isEqualTo("https://okta.example");
	}

	@Test
	void untrustedIssuerIsRefusedWithTheReason() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.forge.tokenFrom("https://evil.example"))
			.withMessageContaining("does not trust the issuer 'https://evil.example', only [https://generic.example")
			.withMessageContaining("token().fromIssuer(…)");
	}

	@Test
	void noIssuerSignsForAnother() {
		ForgedToken token = this.forge.tokenFrom("hydra").fromIssuer("https://generic.example");
		assertThat(read(token).refused()).isEqualTo(Reason.UNKNOWN_KEY);
	}

	@Test
	void issuersThatAreNamedAtRunTimeHaveKeysOfTheirOwn() {
		ForgedToken token = this.forge.tokenFrom("https://realm.example");
		ForgedToken other = this.forge.tokenFrom("https://other-realm.example");
		assertThat(read(token).accepted().issuer()).isEqualTo("https://realm.example");
		assertThat(read(this.forge.tokenFrom("https://realm.example")).refused()).isNull();
		assertThat(read(other).refused()).isNull();
		assertThat(read(other.fromIssuer("https://realm.example")).refused()).isEqualTo(Reason.UNKNOWN_KEY);
		assertThat(read(token.fromIssuer("https://generic.example")).refused()).isEqualTo(Reason.UNKNOWN_KEY);
	}

	private static String[] roles(Sample sample) {
		return (sample.can("roles") || sample.can("organization-roles")) ? new String[] { "r2" } : new String[0];
	}

	/**
	 * Run the attempt if the provider's tokens support it; otherwise it must fail with a
	 * message.
	 */
	private static boolean hold(Sample sample, String kind, String property, Executable attempt) {
		if (sample.can(kind)) {
			return true;
		}
		assertThatIllegalArgumentException().isThrownBy(attempt::execute)
			.withMessageContaining("Tokens of provider '" + sample.provider() + "' cannot hold ")
			.withMessageContaining("'" + property + "' is ")
			.withMessageContaining("withClaim(name, value)");
		return false;
	}

	private ForgedToken token(Sample sample) {
		return this.forge.tokenFrom(sample.provider());
	}

	private ForgedToken granting(Sample sample) {
		ForgedToken token = token(sample);
		return sample.can("needs-role") ? token.forOrganization("org_acme", "viewer") : token;
	}

	private ReadToken read(ForgedToken token) {
		return ReadToken.of(this.application, token);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ TokenForgeAutoConfiguration.class, ForgedKeysAutoConfiguration.class })
	static class Application {

	}

	/**
	 * What tokens of a provider can hold.
	 */
	enum Sample {

		GENERIC("scopes roles permissions organization person machine"),

		RFC9068("scopes roles permissions person machine"),

		AUTH0("scopes permissions organization person machine"),

		AUTHELIA("scopes roles person machine"),

		AUTHENTIK("scopes roles person"),

		CASDOOR("scopes roles permissions organization person machine"),

		CLERK("scopes roles permissions organization person machine", "mch_1"),

		COGNITO("scopes roles person machine"),

		CURITY("scopes person machine"),

		DESCOPE("roles permissions organization organization-roles person machine", "K2abc"),

		DUENDE("scopes roles person machine"),

		ENTRA("scopes roles organization person machine"),

		FIREBASE("organization person nothing"),

		FORGEROCK("scopes person machine"),

		FRONTEGG("roles permissions organization person machine"),

		FUSIONAUTH("scopes roles permissions organization person machine"),

		GITHUB_ACTIONS("organization machine allowed"),

		GITLAB_CI("organization machine allowed"),

		GOOGLE("organization person machine allowed nothing"),

		HYDRA("scopes person machine"),

		KEYCLOAK("scopes roles organization organization-roles person machine"),

		KINDE("scopes roles permissions organization person machine"),

		KUBERNETES("organization person machine nothing", "system:serviceaccount:jobs:cron"),

		LOGTO("scopes organization person machine"),

		MASKINPORTEN("scopes organization person machine"),

		OKTA("scopes roles person machine"),

		ORACLE_IDCS("scopes person machine"),

		PINGFEDERATE("scopes person machine"),

		PINGONE("scopes person machine"),

		SALESFORCE("scopes roles person"),

		SAP_XSUAA("scopes organization person machine"),

		SPRING_AUTHORIZATION_SERVER("scopes person machine", AUDIENCE),

		STYTCH("scopes roles organization person machine", "m2m-client-1"),

		SUPABASE("scopes roles person machine"),

		WORKOS("scopes roles permissions organization person machine allowed"),

		/** Its roles are all of an organization. */
		ZITADEL("organization organization-roles person needs-role");

		private final String can;

		private final String machine;

		Sample(String can) {
			this(can, "reminder-cron");
		}

		Sample(String can, String machine) {
			this.can = " " + can + " ";
			this.machine = machine;
		}

		boolean can(String kind) {
			return this.can.contains(" " + kind + " ");
		}

		String provider() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

		String issuer() {
			return "https://" + provider() + ".example";
		}

		String machine() {
			return this.machine;
		}

	}

}
