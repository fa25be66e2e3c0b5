package dev.authstarter.claims;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How single claims are mapped to an {@code AccessToken}.
 */
class ClaimReaderTests {

	private static final Presets PRESETS = Presets.load();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			'sales manager'                              | sales manager
			['a','b',1,null,true,{'c':1},['d'],2.5,'']   | a b
			{'a':true,'b':{},'c':1,'d':false,'e':null}   |
			true                                         |
			false                                        |
			null                                         |
			7                                            |
			""")
	void takesRolesAsTheyAre(String value, String expected) {
		AccessToken token = read(provider(null), "{'sub':'u','roles':%s}".formatted(value));
		assertThat(String.join(" ", token.roles().stream().sorted().toList()))
			.isEqualTo((expected != null) ? String.join(" ", sorted(expected)) : "");
	}

	private static List<String> sorted(String expected) {
		return expected.equals("sales manager") ? List.of(expected)
				: List.of(expected.split(" ", -1)).stream().sorted().toList();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			'a b'          | a b
			'  a   b '     | a b
			'a a'          | a
			['a b','c']    | c
			''             |
			'a\\tb'        |
			'a\\u00a0b'    | 'a\u00a0b'
			""", quoteCharacter = '"')
	void splitsScopesAtSpacesOnly(String value, String expected) {
		AccessToken token = read(provider(null), "{'sub':'u','scope':%s}".formatted(value));
		List<String> names = new ArrayList<>();
		if (expected != null) {
			java.util.regex.Matcher matcher = java.util.regex.Pattern.compile("'([^']*)'|(\\S+)").matcher(expected);
			while (matcher.find()) {
				names.add((matcher.group(1) != null) ? matcher.group(1) : matcher.group(2));
			}
		}
		assertThat(token.scopes()).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void mergesListsOfSelectors() {
		AccessToken token = read(provider(null), "{'sub':'u','scope':'a b','scp':['b','c']}");
		assertThat(token.scopes()).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void keepsMoreThanAFewNamesWithoutRepetition() {
		String scope = String.join(" ", java.util.stream.IntStream.range(0, 60).mapToObj((i) -> "s" + i % 40).toList());
		assertThat(read(provider(null), "{'sub':'u','scope':'%s'}".formatted(scope)).scopes()).hasSize(40);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			/roles/*         | {'admin':{'x':1},'b':true,'c':false,'d':null} | admin b
			/roles/*         | ['admin','b']                                 | admin b
			/roles/{role}    | {'admin':{'x':1},'b':true,'c':false}          | admin b
			/roles/inner     | {'inner':{'admin':true}}                      |
			/roles/inner     | {'inner':true}                                |
			/roles           | true                                          | roles
			/roles/inner     | {'inner':['a',7,true]}                        | a
			/roles/inner/*   | {'inner':{'admin':true}}                      | admin
			""")
	void takesNamesOfMembersWhereThePathSaysSo(String selector, String value, @Nullable String expected) {
		Map<ProviderSetting, List<String>> settings = new EnumMap<>(ProviderSetting.class);
		settings.put(ProviderSetting.ROLES, List.of(selector));
		ClaimReader provider = properties(null, Set.of("a"), settings, List.of()).create(PRESETS, List.of());
		assertThat(read(provider, "{'sub':'u','roles':%s}".formatted(value)).roles())
			.containsExactlyInAnyOrderElementsOf((expected != null) ? List.of(expected.split(" ", -1)) : List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'acme':{}}", "7", "true", "[7]", "[{'acme':{}}]" })
	void namesNoOrganizationByOtherThanText(String value) {
		assertThat(read(provider(null), "{'sub':'u','org_id':%s}".formatted(value)).organizations()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "org_acme, true", "org_globex, false", "eu-1, true", "eu-, false", "EU-1, false", "org_acme1, false" })
	void allowsIdsAndPrefixes(String organization, boolean allowed) {
		ClaimReader provider = properties(null, Set.of("a"), Map.of(), List.of("org_acme", "eu-*")).create(PRESETS,
				List.of());
		assertThat(provider.allowsOrganization(organization)).isEqualTo(allowed);
		assertThat(read(provider, "{'sub':'u','org_id':'%s'}".formatted(organization)).organizations())
			.hasSize(allowed ? 1 : 0);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'aud':'a'}                     | a
			{'aud':['a','b',1,null,'']}     | a b
			{'aud':[]}                      |
			{'aud':{}}                      |
			{'aud':{'a':true}}              |
			{'aud':7}                       |
			{'aud':true}                    |
			{}                              |
			""")
	void namesAudiences(String claims, @Nullable String expected) {
		assertThat(provider(null).audience().of(Json.object(claims)))
			.containsExactlyElementsOf((expected != null) ? List.of(expected.split(" ", -1)) : List.of());
	}

	@Test
	void lastsNoLongerThanTheCalendar() {
		assertThat(read(provider(null), "{'sub':'u','exp':1e300}").expiresAt()).isBeforeOrEqualTo(Instant.MAX);
		assertThat(read(provider(null), "{'sub':'u','exp':-1e300}").expiresAt()).isBefore(Instant.EPOCH);
		assertThat(read(provider(null), "{'sub':'u','exp':1700000000}").expiresAt())
			.isEqualTo(Instant.ofEpochSecond(1700000000));
	}

	@Test
	void standsInForAudienceOnlyWhereThereIsNone() {
		ClaimReader cognito = provider("cognito");
		assertThat(cognito.audience().of(Json.object("{'client_id':'c'}"))).containsExactly("c");
		assertThat(cognito.audience().of(Json.object("{'client_id':'c','aud':'other'}"))).containsExactly("other");
		assertThat(cognito.audience().of(Json.object("{'client_id':'c','aud':[]}"))).isEmpty();
		assertThat(cognito.audience().of(Json.object("{'client_id':'c','aud':{}}"))).isEmpty();
	}

	@Test
	void knowsOrganizationAudienceWhereTheApiNamesIt() {
		String claims = "{'aud':'urn:logto:organization:acme'}";
		assertThat(provider("logto", Set.of("urn:logto:organization:*")).audience().of(Json.object(claims)))
			.containsExactly("urn:logto:organization:acme", "urn:logto:organization:*");
		assertThat(provider("logto", Set.of("https://api.example")).audience().of(Json.object(claims)))
			.containsExactly("urn:logto:organization:acme");
		assertThat(provider("auth0", Set.of("urn:logto:organization:*")).audience().of(Json.object(claims)))
			.containsExactly("urn:logto:organization:acme");
	}

	@Test
	void listReplacesThePresetsEvenWhenEmpty() {
		Map<ProviderSetting, List<String>> settings = new EnumMap<>(ProviderSetting.class);
		settings.put(ProviderSetting.PERMISSIONS, List.of());
		settings.put(ProviderSetting.ROLES, List.of("https://acme.example/roles"));
		ClaimReader provider = properties("auth0", Set.of("a"), settings, List.of()).create(PRESETS, List.of());
		AccessToken token = read(provider, "{'sub':'u','permissions':['p'],'https://acme.example/roles':'r'}");
		assertThat(token.permissions()).isEmpty();
		assertThat(token.roles()).containsExactly("r");
	}

	@Test
	void readsRolesOfZitadelsProjectOnlyIfItIsThisApi() {
		ClaimReader zitadel = provider("zitadel", Set.of("42"));
		AccessToken token = read(zitadel, "{'sub':'u','urn:zitadel:iam:org:project:42:roles':{'admin':{'1':'a.ch'}},"
				+ "'urn:zitadel:iam:org:project:43:roles':{'owner':{'1':'a.ch'}}}");
		assertThat(token.organizations()).containsExactly(new Organization("1", "a.ch", Set.of("admin"), Set.of()));
		assertThat(token.roles()).isEmpty();
	}

	@Test
	void namesTheCurrentOrganizationOnlyIfThereIsOne() {
		ClaimReader auth0 = provider("auth0");
		assertThat(read(auth0, "{'sub':'u','org_id':'o','org_name':'acme'}").organizations())
			.containsExactly(new Organization("o", "acme", Set.of(), Set.of()));
		assertThat(read(auth0, "{'sub':'u','org_id':['o','p'],'org_name':'acme'}").organizations())
			.extracting(Organization::name)
			.containsExactly(null, null);
		assertThat(read(auth0, "{'sub':'u','org_name':'acme'}").organizations()).isEmpty();
	}

	@Test
	void refusesTokenThatGrantsNothing() {
		ClaimReader provider = provider(null);
		assertThat(provider.grants().refuse(read(provider, "{'sub':'u','org_id':'o'}"))).isEqualTo(Reason.NO_GRANTS);
		assertThat(provider.grants().refuse(read(provider, "{'sub':'u','scope':'a'}"))).isNull();
		assertThat(provider.grants().refuse(read(provider, "{'sub':'u','roles':'a'}"))).isNull();
		assertThat(provider.grants().refuse(read(provider, "{'sub':'u','permissions':'a'}"))).isNull();
		ClaimReader descope = provider("descope");
		assertThat(descope.grants().refuse(read(descope, "{'sub':'u','tenants':{'t':{'roles':['a']}}}"))).isNull();
		assertThat(descope.grants().refuse(read(descope, "{'sub':'u','tenants':{'t':{}}}")))
			.isEqualTo(Reason.NO_GRANTS);
	}

	@ParameterizedTest
	@CsvSource({ "offline_access, true", "uma_authorization, true", "default-roles-acme, true", "default-roles, false",
			"xoffline_access, false", "OFFLINE_ACCESS, false", "employee, false" })
	void rolesThatEveryUserHasGrantNothing(String role, boolean universal) {
		ClaimReader keycloak = provider("keycloak");
		String roles = "{'sub':'u','azp':'c','realm_access':{'roles':['offline_access','%s']}}".formatted(role);
		assertThat(keycloak.grants().refuse(read(keycloak, roles))).isEqualTo(universal ? Reason.NO_GRANTS : null);
		String inOrganization = "{'sub':'u','azp':'c','organization':{'o':{'realm_access':{'roles':['%s']}}}}"
			.formatted(role);
		assertThat(keycloak.grants().refuse(read(keycloak, inOrganization)))
			.isEqualTo(universal ? Reason.NO_GRANTS : null);
		assertThat(keycloak.grants().refuse(read(keycloak, roles.replace("}}", "},'scope':'read'}")))).isNull();
	}

	@Test
	void acceptsTokenThatGrantsNothingWhereThatIsConfigured() {
		ClaimReader provider = new ClaimReaderFactory("auth-starter", null, issuer(Set.of("a"), List.of()), Map.of(),
				false, true, Set.of(), false)
			.create(PRESETS, List.of());
		assertThat(provider.grants().refuse(read(provider, "{'sub':'u'}"))).isNull();
	}

	@Test
	void refusesOrganizationThatIsNotAllowed() {
		ClaimReader github = properties("github-actions", Set.of("a"), Map.of(), List.of("65")).create(PRESETS,
				List.of());
		assertThat(github.grants().refuse(read(github, "{'sub':'r','repository_owner_id':'65'}"))).isNull();
		assertThat(github.grants().refuse(read(github, "{'sub':'r','repository_owner_id':'66'}")))
			.isEqualTo(Reason.ORGANIZATION_NOT_ALLOWED);
		assertThat(github.grants().refuse(read(github, "{'sub':'r'}"))).isEqualTo(Reason.ORGANIZATION_NOT_ALLOWED);
	}

	@Test
	void dropsOrganizationThatIsNotAllowed() {
		ClaimReader keycloak = properties("keycloak", Set.of("a"), Map.of(), List.of("acme")).create(PRESETS,
				List.of());
		AccessToken token = read(keycloak, "{'sub':'u','organization':{'acme':{},'globex':{}},'scope':'a'}");
		assertThat(token.organizations()).extracting(Organization::id).containsExactly("acme");
		assertThat(keycloak.grants().refuse(token)).isNull();
	}

	@Test
	void decodesClerksPermissionsIntoTheOrganization() {
		AccessToken token = read(Sample.named("clerk-user.json").configured(), Sample.named("clerk-user.json"));
		assertThat(token.permissions()).isEmpty();
		assertThat(token.permissionsIn(token.organization("org_123"))).containsExactlyInAnyOrder("org:dashboard:manage",
				"org:dashboard:read", "org:teams:read");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			o:a,o:b    | read,manage | 1,2    | org:a:read org:b:manage
			u:x,o:a    | read        | 1      | org:a:read
			uo:x,u:y,ou:z | read     | 1,1,1  | org:x:read org:z:read
			u:org,o:a  | read        | 1      | org:a:read
			o:a        | read,manage | 0      |
			o:a        | read        | 6      |
			o:a        | read        | 1,1    | org:a:read
			o:a,o:b    | read        | 1      | org:a:read
			o:a,b      | read        | 1,1    |
			o:a,,o:b   | read        | 1,1    |
			o:a        | read        | -1     |
			o:a        | read        | 1x     |
			o:a        | read        | 0x1    |
			o:a,o:b    | read        | ,1     | org:b:read
			o:a        | ,read       | 3      | org:a:read
			""")
	void decodesClerksBitMask(String features, String permissions, String masks, @Nullable String expected) {
		AccessToken token = read(provider("clerk"),
				"{'sub':'u','sid':'s','fea':'%s','o':{'id':'o','per':'%s','fpm':'%s'}}".formatted(features, permissions,
						masks));
		assertThat(token.permissionsIn(token.organization("o")))
			.containsExactlyInAnyOrderElementsOf((expected != null) ? List.of(expected.split(" ", -1)) : List.of());
	}

	/** Keycloak's introspection writes the claim for users, too. */
	@Test
	void clientIdMarksNoMachineInAnIntrospectionAnswer() {
		ClaimReader keycloak = provider("keycloak");
		Map<String, Object> claims = Json.object("{'sub':'u','azp':'spa','client_id':'spa','scope':'a'}");
		AccessToken introspected = keycloak.read(TokenContent.jwt(Map.of("typ", "opaque"), claims));
		AccessToken signed = keycloak.read(TokenContent.jwt(Map.of("typ", "JWT"), claims));
		assertThat(introspected).isNotNull();
		assertThat(introspected.callerType()).isEqualTo(CallerType.USER);
		assertThat(signed).isNotNull();
		assertThat(signed.callerType()).isEqualTo(CallerType.MACHINE);
	}

	@Test
	void asksTheApplicationsDecoderLast() {
		ClaimReader provider = properties(null, Set.of("a"), Map.of(), List.of()).create(PRESETS,
				List.of((token) -> new AccessToken(token.issuer(), token.subject(), token.clientId(),
						token.callerType(), token.scopes(), Set.of("decoded:" + token.scopes().size()),
						token.permissions(), token.organizations(), token.actor(), token.expiresAt(), token.claims())));
		assertThat(read(provider, "{'sub':'u','scope':'a b'}").roles()).containsExactly("decoded:2");
	}

	private static ClaimReader provider(@Nullable String preset) {
		return provider(preset, Set.of("https://api.example"));
	}

	private static ClaimReader provider(@Nullable String preset, Set<String> audiences) {
		return properties(preset, audiences, Map.of(), List.of()).create(PRESETS, List.of());
	}

	private static ClaimReaderFactory properties(@Nullable String preset, Set<String> audiences,
			Map<ProviderSetting, List<String>> settings, List<String> allowed) {
		return new ClaimReaderFactory("auth-starter", preset, issuer(audiences, allowed), settings, false, false,
				Set.of(), false);
	}

	private static TrustedIssuer issuer(Set<String> audiences, List<String> allowed) {
		return new TrustedIssuer("default", "https://issuer.example", audiences, null, List.of("RS256"), allowed);
	}

	/** The issuer names the client in its response about every opaque token. */
	@Test
	void clientMarksNoMachineInAnAnswerAboutAnOpaqueToken() {
		ClaimReader keycloak = provider("keycloak");
		Map<String, Object> person = Json.object("{'sub':'alice','client_id':'web','active':true}");
		AccessToken opaque = keycloak.read(TokenContent.opaque(person));
		assertThat(opaque).isNotNull();
		assertThat(opaque.callerType()).isEqualTo(CallerType.USER);
		AccessToken signed = keycloak.read(TokenContent.jwt(Map.of("typ", "JWT"), person));
		assertThat(signed).isNotNull();
		assertThat(signed.callerType()).isEqualTo(CallerType.MACHINE);
		assertThat(keycloak.read(TokenContent.opaque(Json.object("{'client_id':'web','active':true}")))).isNull();
	}

	private static AccessToken read(ClaimReader provider, String claims) {
		AccessToken token = provider.read(TokenContent.jwt(Map.of(), Json.object(claims)));
		assertThat(token).isNotNull();
		return token;
	}

	private static AccessToken read(ClaimReader provider, Sample sample) {
		AccessToken token = provider.read(TokenContent.jwt(sample.header(), sample.claims()));
		assertThat(token).isNotNull();
		return token;
	}

}
