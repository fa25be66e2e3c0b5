package dev.authstarter.claims;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
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
 * The caller of a token: its subject, or a machine if the token proves that.
 */
class CallerIdentityTests {

	private static final Presets PRESETS = Presets.load();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'sub':'u','client_id':'c'}          | u | c | USER
			{'sub':'c','client_id':'c'}          | c | c | MACHINE
			{'sub':'u'}                          | u |   | USER
			{'sub':'u','client_id':['c','d']}    | u |   | USER
			{'sub':'u','client_id':['c']}        | u | c | USER
			{'sub':'u','client_id':7}            | u |   | USER
			{'sub':'u','client_id':'','azp':'a'} | u |   | USER
			{'sub':'u','client_id':{},'azp':'a'} | u |   | USER
			{'sub':'u','azp':'a'}                | u | a | USER
			""")
	void namesCaller(String claims, String subject, @Nullable String client, CallerType caller) {
		AccessToken token = read(provider(null), claims);
		assertThat(token.subject()).isEqualTo(subject);
		assertThat(token.clientId()).isEqualTo(client);
		assertThat(token.callerType()).isEqualTo(caller);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'sub':''}", "{'client_id':'c'}", "{'sub':'','client_id':'c'}",
			"{'sub':null,'client_id':'c'}", "{'sub':7,'client_id':'c'}", "{'sub':{'x':1},'client_id':'c'}",
			"{'sub':true,'client_id':'c'}", "{'sub':['a','b'],'client_id':'c'}", "{'sub':'a\\u0000','client_id':'c'}",
			"{'sub':'  '}", "{'sub':'\\u2028'}", "{'sub':'\\u00a0 \\u3000'}" })
	void readsNoCallerWhereNoneIsNamed(String claims) {
		assertThat(provider(null).read(TokenContent.jwt(Map.of(), Json.object(claims)))).isNull();
	}

	/** The provider's own mark of a machine, without a user. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			kinde        | {'azp':'c','gty':['client_credentials']}
			duende       | {'client_id':'c'}
			pingone      | {'client_id':'c'}
			maskinporten | {'client_id':'c','consumer':{'ID':'1'}}
			keycloak     | {'azp':'c','client_id':'c'}
			""")
	void namesClientOfProvedMachineAlone(String preset, String claims) {
		ClaimReader provider = provider(preset);
		AccessToken token = read(provider, claims);
		assertThat(token.subject()).isEqualTo("c").isEqualTo(token.clientId());
		assertThat(token.callerType()).isEqualTo(CallerType.MACHINE);
		for (String sign : List.of("sub", "sid", "auth_time", "amr", "acr", "nonce", "email", "preferred_username",
				"username", "user_name", "Username", "upn", "unique_name", "cognito:username", "act", "session_id",
				"https://acme.example/email")) {
			for (String value : List.of("'x'", "''", "null", "7", "[]", "{}", "false")) {
				String person = claims.replaceFirst("}$", ",'" + sign + "':" + value + "}");
				AccessToken read = provider.read(TokenContent.jwt(Map.of("typ", "JWT"), Json.object(person)));
				assertThat((read != null) ? read.subject() : "x").as(person).isEqualTo("x");
			}
		}
	}

	/** Their machines' tokens have a subject. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			auth0     | {'azp':'c','gty':'client-credentials'}
			sap-xsuaa | {'cid':'c','grant_type':'client_credentials'}
			hydra     | {'client_id':'c'}
			forgerock | {'client_id':'c','grant_type':'client_credentials'}
			""")
	void namesNoCallerWhereMachinesHaveSubjects(String preset, String claims) {
		assertThat(provider(preset).read(TokenContent.jwt(Map.of(), Json.object(claims)))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "!sub", "!user & !sub" })
	void takesAbsenceForAHintAndNoProof(String machine) {
		Map<ProviderSetting, List<String>> settings = new EnumMap<>(ProviderSetting.class);
		settings.put(ProviderSetting.MACHINE, List.of(machine));
		ClaimReader provider = properties(null, Set.of("a"), settings, List.of()).create(PRESETS, List.of());
		assertThat(provider.read(TokenContent.jwt(Map.of(), Json.object("{'client_id':'c','scope':'a'}")))).isNull();
		settings.put(ProviderSetting.MACHINE, List.of(machine + " & client_id"));
		ClaimReader proving = properties(null, Set.of("a"), settings, List.of()).create(PRESETS, List.of());
		assertThat(read(proving, "{'client_id':'c','scope':'a'}").subject()).isEqualTo("c");
	}

	@Test
	void signOfPersonOutweighsWhatIsAbsent() {
		String machine = "{'sub':'s','azp':'c','roles':['a']";
		assertThat(read(provider("entra"), machine + "}").callerType()).isEqualTo(CallerType.MACHINE);
		for (String sign : List.of("name", "sid", "https://acme.example/email")) {
			assertThat(read(provider("entra"), machine + ",'" + sign + "':'x'}").callerType())
				.isEqualTo(CallerType.USER);
		}
	}

	@Test
	void subjectIsClientOnlyWhereItMarksTheMachine() {
		assertThat(read(provider("auth0"), "{'sub':'s','gty':'client-credentials','scope':'a'}").clientId()).isNull();
		assertThat(read(provider("kubernetes"), "{'sub':'system:serviceaccount:a:b','kubernetes.io':{}}").clientId())
			.isEqualTo("system:serviceaccount:a:b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'a':1}", "[{}]", "true", "' '", "7" })
	void clientThatCannotBeReadIsLacking(String client) {
		Map<String, Object> claims = new HashMap<>(Sample.named("rfc9068-user.json").claims());
		claims.put("client_id", Json.object("{'client':" + client + "}").get("client"));
		assertThat(provider("rfc9068").read(TokenContent.jwt(Map.of("typ", "at+jwt"), claims))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "iss", "exp", "aud", "sub", "client_id", "iat", "jti" })
	void demandsWhatRfc9068Demands(String claim) {
		ClaimReader provider = provider("rfc9068");
		Map<String, Object> claims = Sample.named("rfc9068-user.json").claims();
		for (Map<String, Object> header : List.<Map<String, Object>>of(Map.of("typ", "at+jwt"),
				Map.of("typ", "opaque"))) {
			assertThat(provider.read(TokenContent.jwt(header, claims))).isNotNull();
			Map<String, Object> less = new HashMap<>(claims);
			less.remove(claim);
			assertThat(provider.read(TokenContent.jwt(header, less))).isNull();
			for (Object empty : List.of("", List.of(), Map.of())) {
				less.put(claim, empty);
				assertThat(provider.read(TokenContent.jwt(header, less))).isNull();
			}
		}
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

	private static AccessToken read(ClaimReader provider, String claims) {
		AccessToken token = provider.read(TokenContent.jwt(Map.of(), Json.object(claims)));
		assertThat(token).isNotNull();
		return token;
	}

}
