package dev.authstarter.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.authentication.Authorities;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.provider.Presets;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every token of the corpus is read with its preset.
 */
class ProviderSamplesTests {

	private static final Set<Reason> REASONS_OF_TYPE = Set.of(Reason.WRONG_TYPE, Reason.ID_TOKEN, Reason.REFRESH_TOKEN,
			Reason.LOGOUT_TOKEN, Reason.SECURITY_EVENT_TOKEN, Reason.NOT_AN_ACCESS_TOKEN);

	/** They name no audience: the first by mistake, the second by design. */
	private static final Set<String> WITHOUT_AUDIENCE = Set.of("hydra-m2m.json", "keycloak-user-lightweight.json");

	private static final Authorities AUTHORITIES = new Authorities("SCOPE_", "ROLE_", "PERMISSION_");

	static Stream<Sample> all() {
		return Sample.all();
	}

	static Stream<Sample> accessTokens() {
		return Sample.accessTokens();
	}

	static Stream<Sample> others() {
		return Sample.others();
	}

	@Test
	void corpusIsWhole() {
		assertThat(all()).hasSizeGreaterThanOrEqualTo(92);
		assertThat(others()).hasSizeGreaterThanOrEqualTo(20);
	}

	static Stream<Sample> withCaller() {
		return Sample.withCaller();
	}

	@ParameterizedTest
	@MethodSource("withCaller")
	void readsWhatIsExpected(Sample sample) {
		AccessToken token = read(sample);
		assertThat(token.scopes()).as("scopes")
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("scopes")));
		assertThat(token.roles()).as("roles")
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("roles")));
		assertThat(token.permissions()).as("permissions")
			.containsExactlyInAnyOrderElementsOf(Sample.strings(sample.expect().get("permissions")));
		assertThat(token.clientId()).as("client id").isEqualTo(sample.expect().get("client_id"));
		assertThat(token.callerType() == CallerType.MACHINE).as("machine").isEqualTo(sample.expect().get("machine"));
		assertThat(token.organizations()).extracting(Organization::id)
			.containsExactlyInAnyOrderElementsOf(sample.organizations());
		for (Map<String, Object> expected : sample.expectedOrganizations()) {
			Organization organization = token.organization(String.valueOf(expected.get("id")));
			assertThat(organization).isNotNull();
			assertThat(organization.name()).isEqualTo(expected.get("name"));
			assertThat(organization.roles()).containsExactlyInAnyOrderElementsOf(Sample.strings(expected.get("roles")));
			if (expected.containsKey("permissions")) {
				assertThat(organization.permissions())
					.containsExactlyInAnyOrderElementsOf(Sample.strings(expected.get("permissions")));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("withCaller")
	void namesSubjectOrElseMachine(Sample sample) {
		AccessToken token = read(sample);
		Object subject = sample.claims().get("sub");
		assertThat(token.subject()).isEqualTo((subject != null) ? subject : token.clientId());
		assertThat(subject != null || token.callerType() == CallerType.MACHINE).isTrue();
		assertThat(token.issuer()).isEqualTo(String.valueOf(sample.claims().getOrDefault("iss", "")));
		assertThat(token.claims()).isEqualTo(sample.claims());
	}

	/**
	 * Without a preset, for example because the issuer has a custom domain, the claims
	 * that say how a token was granted are read nevertheless.
	 */
	@Test
	void takesNoUserForMachineWithoutPreset() {
		List<String> machines = withCaller().filter(ProviderSamplesTests::isMachineWithoutPreset)
			.map(Sample::name)
			.toList();
		assertThat(withCaller().filter((sample) -> machines.contains(sample.name())))
			.allMatch((sample) -> Boolean.TRUE.equals(sample.expect().get("machine")));
		assertThat(machines).contains("auth0-m2m.json", "forgerock-m2m.json", "oracle-idcs-m2m.json",
				"sap-xsuaa-m2m.json");
	}

	private static boolean isMachineWithoutPreset(Sample sample) {
		AccessToken token = generic().read(TokenContent.jwt(sample.header(), sample.claims()));
		return token != null && token.callerType() == CallerType.MACHINE;
	}

	@Test
	void namesNoCallerWhereNeitherSubjectNorMachineIsProved() {
		assertThat(all()
			.filter((sample) -> sample.configured().read(TokenContent.jwt(sample.header(), sample.claims())) == null))
			.extracting(Sample::name)
			.containsExactly("keycloak-user-lightweight.json", "pingfederate-m2m.json");
	}

	@ParameterizedTest
	@MethodSource("accessTokens")
	void letsAccessTokenPass(Sample sample) {
		ClaimReader provider = sample.configured();
		assertThat(provider.type().refuse(TestContent.of(sample.header(), sample.claims()))).isNull();
		assertThat(Collections.disjoint(provider.audience().of(sample.claims()), sample.audience()))
			.isEqualTo(WITHOUT_AUDIENCE.contains(sample.name()));
	}

	/** WorkOS sessions name no audience at all: their organizations must be listed. */
	@ParameterizedTest
	@MethodSource("accessTokens")
	void isNotForAnotherAudience(Sample sample) {
		Set<String> other = Set.of("https://other.example");
		assertThat(Collections.disjoint(sample.configured(other).audience().of(sample.claims()), other))
			.isNotEqualTo(sample.name().equals("workos-user.json"));
	}

	@ParameterizedTest
	@MethodSource("others")
	void refusesOtherTokenByItsTypeAlone(Sample sample) {
		for (Sample shown : List.of(sample, sample.withoutMarks())) {
			ClaimReader provider = shown.configured(ownAudience(sample));
			assertThat(provider.type().refuse(TestContent.of(shown.header(), shown.claims()))).isIn(REASONS_OF_TYPE);
			Map<String, Object> untyped = new LinkedHashMap<>(shown.header());
			untyped.remove("typ");
			assertThat(provider.type().refuse(TestContent.of(untyped, shown.claims()))).isIn(REASONS_OF_TYPE);
		}
	}

	private static Set<String> ownAudience(Sample sample) {
		Object audience = sample.claims().get("aud");
		return (audience instanceof String text) ? Set.of(text) : Set.copyOf(Sample.strings(audience));
	}

	@ParameterizedTest
	@MethodSource("withCaller")
	void keepsOrganizationsApart(Sample sample) {
		AccessToken token = read(sample);
		for (Organization one : token.organizations()) {
			for (Organization other : token.organizations()) {
				if (!one.equals(other)) {
					Set<String> roles = only(one.roles(), other.roles(), token.roles());
					assertThat(Collections.disjoint(token.rolesIn(other), roles)).isTrue();
					Set<String> permissions = only(one.permissions(), other.permissions(), token.permissions());
					assertThat(Collections.disjoint(token.permissionsIn(other), permissions)).isTrue();
				}
			}
			assertThat(token.rolesIn(null)).isEqualTo(token.roles());
		}
	}

	private static Set<String> only(Set<String> here, Set<String> there, Set<String> everywhere) {
		Set<String> only = new HashSet<>(here);
		only.removeAll(there);
		only.removeAll(everywhere);
		return only;
	}

	@ParameterizedTest
	@MethodSource("withCaller")
	void spellsAuthoritiesWithoutCollision(Sample sample) {
		List<String> authorities = AUTHORITIES.of(read(sample)).stream().map(GrantedAuthority::getAuthority).toList();
		assertThat(authorities).doesNotHaveDuplicates()
			.allMatch((authority) -> authority.matches("(SCOPE|ROLE|PERMISSION)_.+"));
	}

	/** The numbers of the model; a change of the default gate makes this fail. */
	@Test
	void genericGateErrsWhereItIsKnownTo() {
		List<String> accepted = new ArrayList<>();
		List<String> refused = new ArrayList<>();
		all().forEach((sample) -> {
			boolean passes = generic().type().refuse(TestContent.of(sample.header(), sample.claims())) == null;
			if (passes && !sample.isAccessToken()) {
				accepted.add(sample.name());
			}
			if (!passes && sample.isAccessToken()) {
				refused.add(sample.name());
			}
		});
		assertThat(accepted).containsExactly("frontegg-m2m-placeholder-roles.json");
		assertThat(refused).containsExactly("authentik-m2m.json", "clerk-m2m.json", "clerk-user.json",
				"descope-m2m.json", "github-actions-m2m.json", "gitlab-ci-m2m.json", "kubernetes-m2m.json",
				"stytch-user.json", "supabase-user.json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "keycloak-26.7.3-list-form.json", "keycloak-26.7.3-map-form.json" })
	void readsTokensOfALiveKeycloak(String file) throws IOException, ParseException {
		Map<String, Object> tokens = JSONObjectUtils
			.parse(Files.readString(Path.of("src/test/resources/providers/keycloak", file)));
		ClaimReader provider = provider("keycloak", "clinic-api");
		for (String name : tokens.keySet()) {
			Map<String, Object> token = Json.member(tokens, name);
			Map<String, Object> header = Json.member(token, "header");
			Map<String, Object> claims = Json.member(token, "claims");
			Reason reason = provider.type().refuse(TestContent.of(header, claims));
			if (name.startsWith("id ")) {
				assertThat(reason).as(name).isEqualTo(Reason.ID_TOKEN);
			}
			else if (name.startsWith("refresh ")) {
				assertThat(reason).as(name).isEqualTo(Reason.REFRESH_TOKEN);
			}
			else {
				assertThat(reason).as(name).isNull();
				assertThat(provider.audience().of(claims)).as(name).contains("clinic-api");
				AccessToken read = provider.read(TokenContent.jwt(header, claims));
				assertThat(read).isNotNull();
				assertThat(provider.grants().refuse(read)).isNull();
				assertThat(read.callerType() == CallerType.MACHINE).as(name).isEqualTo(name.equals("m2m"));
				assertThat(read.roles().contains("receptionist")).as(name).isEqualTo(!name.equals("m2m"));
				assertThat(read.roles()).doesNotContain("manage-account");
				assertThat(read.scopes().contains("read:appointments"))
					.isEqualTo(name.contains("read:appointments") || name.equals("m2m"));
				assertThat(read.organizations()).extracting(Organization::id)
					.containsExactlyInAnyOrderElementsOf(organizationsOf(name));
			}
		}
	}

	private static List<String> organizationsOf(String name) {
		if (name.contains("organization:*")) {
			return List.of("acme", "globex");
		}
		return name.contains("organization:acme") ? List.of("acme") : List.of();
	}

	@Test
	void nameOfAServiceAccountMakesNoMachine() {
		assertThat(read(Sample.named("keycloak-user-spoofed-service-account.json")).callerType())
			.isEqualTo(CallerType.USER);
	}

	@Test
	void namesTheActor() {
		assertThat(read(Sample.named("pingfederate-user.json")).actor()).isEqualTo("perf-agent-3");
		assertThat(read(Sample.named("auth0-user.json")).actor()).isNull();
	}

	@Test
	void refusesApplicationWithoutRoles() {
		Sample sample = Sample.named("entra-m2m-no-roles.json");
		assertThat(sample.configured().grants().refuse(read(sample))).isEqualTo(Reason.NO_GRANTS);
	}

	private static AccessToken read(Sample sample) {
		AccessToken token = sample.configured().read(TokenContent.jwt(sample.header(), sample.claims()));
		assertThat(token).isNotNull();
		return token;
	}

	private static ClaimReader generic() {
		return provider(null, "https://api.example");
	}

	private static ClaimReader provider(@Nullable String preset, String audience) {
		TrustedIssuer issuer = new TrustedIssuer("default", "https://issuer.example", Set.of(audience), null,
				List.of("RS256"), List.of());
		return new ClaimReaderFactory("auth-starter", preset, issuer, Map.of(), false, false, Set.of(), false)
			.create(Presets.load(), List.of());
	}

}
