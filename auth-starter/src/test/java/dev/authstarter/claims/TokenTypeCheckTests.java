package dev.authstarter.claims;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which tokens count as access tokens if no provider is configured, and the reason of the
 * refusal for all others.
 */
class TokenTypeCheckTests {

	private final ClaimReader generic = provider(null);

	private static ClaimReader provider(@Nullable String name) {
		TrustedIssuer issuer = new TrustedIssuer("default", "https://issuer.example", Set.of("https://api.example"),
				null, List.of("RS256"), List.of());
		return new ClaimReaderFactory("auth-starter", name, issuer, Map.of(), false, false, Set.of(), false)
			.create(Presets.load(), List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "duende", "logto", "rfc9068" })
	void takesTheIssuersWordForOpaqueTokenWhereTheHeaderIsTheOnlyProof(String name) {
		ClaimReader provider = provider(name);
		Map<String, Object> claims = Map.of("sub", "u", "client_id", "c", "scope", "a");
		assertThat(provider.type().refuse(TestContent.of(Map.of(), claims))).isNull();
		assertThat(provider.type().refuse(TestContent.of(Map.of("alg", "RS256"), claims))).isEqualTo(Reason.WRONG_TYPE);
		assertThat(provider.type().refuse(TestContent.of(Map.of("alg", "RS256", "typ", "JWT"), claims)))
			.isEqualTo(Reason.WRONG_TYPE);
		assertThat(provider.type().refuse(TestContent.of(Map.of(), Map.of("sub", "u", "client_id", "c", "nonce", "n"))))
			.isEqualTo(Reason.ID_TOKEN);
	}

	@ParameterizedTest
	@CsvSource({ "token_type,Bearer", "token_type,BEARER", "token_type,bearer", "token_type,Access_Token",
			"token_use,ACCESS", "token_use,access-token" })
	void takesTheIssuersWordForOpaqueTokenInAnyCase(String member, String value) {
		Map<String, Object> answer = Map.of("sub", "u", member, value);
		assertThat(this.generic.type().refuse(TestContent.of(Map.of(), answer))).isNull();
		assertThat(this.generic.type().refuse(TestContent.of(Map.of("alg", "RS256"), answer)))
			.isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt" })
	void takesHeaderTypeAsProof(String type) {
		assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", type), Map.of("nonce", "n")))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "scope,a", "scp,a", "client_id,c", "cid,c", "permissions,p", "azp,c" })
	void takesClaimAsProof(String claim, String value) {
		for (Map<String, Object> header : List.<Map<String, Object>>of(Map.of(), Map.of("typ", "JWT"),
				Map.of("typ", "jwt"), Map.of("typ", ""))) {
			assertThat(this.generic.type().refuse(TestContent.of(header, Map.of(claim, value, "aud", "other"))))
				.isNull();
			assertThat(this.generic.type().refuse(TestContent.of(header, Map.of(claim, ""))))
				.isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
			assertThat(this.generic.type().refuse(TestContent.of(header, Map.of("sub", "u"))))
				.isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
		}
	}

	@ParameterizedTest
	@CsvSource({ "typ,ID,id_token", "token_use,id,id_token", "nonce,n,id_token", "at_hash,h,id_token",
			"c_hash,h,id_token", "s_hash,h,id_token", "jti,ID.x,id_token", "purpose,id,id_token",
			"tokenName,id_token,id_token", "typ,Refresh,refresh_token", "token_use,refresh,refresh_token",
			"tokenType,refresh-token,refresh_token", "TokenType,refresh-token,refresh_token", "drn,DSR,refresh_token",
			"typ,Logout,logout_token", "events,e,security_event_token" })
	void saysWhatItIsByItsClaims(String claim, String value, String reason) {
		assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", "JWT"), Map.of("scope", "a", claim, value))))
			.hasToString(reason);
	}

	/** An ID token may name the client that it is for. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{'azp':'c','aud':'c'}
			{'azp':'c','aud':['c']}
			{'azp':'c','aud':['api','c']}
			{'azp':'c','aud':'api','sid':'s'}
			{'azp':'c','aud':'api','auth_time':0}
			{'azp':'c','aud':'api','acr':'1'}
			{'azp':'c','aud':'api','amr':['pwd']}
			{'azp':'c','aud':'api','email':'e'}
			{'azp':['c','d'],'aud':'api'}
			{'azp':{'c':1},'aud':'api'}
			{'azp':true,'aud':'api'}
			{'azp':7,'aud':'api'}
			""")
	void takesNoClientAloneAsProofBesideMarksOfAnIdToken(String claims) {
		for (ClaimReader provider : List.of(this.generic, provider("auth0"))) {
			assertThat(provider.type().refuse(TestContent.of(Map.of("typ", "JWT"), Json.object(claims)))).as(claims)
				.isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
			Map<String, Object> scoped = new java.util.HashMap<>(Json.object(claims));
			scoped.put("scope", "a");
			assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", "JWT"), scoped))).as(claims).isNull();
		}
	}

	static java.util.stream.Stream<String> presets() {
		return Presets.load().names().stream();
	}

	@ParameterizedTest
	@org.junit.jupiter.params.provider.MethodSource("presets")
	void refusesWhatCallsItselfAnotherKindWhateverElseProvesIt(String preset) {
		List<Sample> samples = Sample.accessTokens()
			.filter((sample) -> preset.equals(sample.preset()) || (preset.equals("generic") && sample.preset() == null))
			.toList();
		for (Sample sample : samples) {
			ClaimReader provider = sample.configured();
			for (Map.Entry<String, List<Object>> marks : MARKS.entrySet()) {
				for (Object mark : marks.getValue()) {
					Map<String, Object> claims = new java.util.HashMap<>(sample.claims());
					claims.put(marks.getKey(), mark);
					for (Map<String, Object> header : List.<Map<String, Object>>of(sample.header(), Map.of(),
							Map.of("typ", "at+jwt"))) {
						assertThat(provider.type().refuse(TestContent.of(header, claims)))
							.as("%s %s %s", sample, marks.getKey(), mark)
							.isNotNull();
					}
				}
			}
		}
	}

	private static final Map<String, List<Object>> MARKS = Map.of("token_use",
			List.of("id", "refresh", "refresh_token", "", 7L, List.of("access"), Map.of(), true), "typ",
			List.of("Refresh", "Offline"), "token_type", List.of("refresh_token", "refresh"), "tokenType",
			List.of("refresh-token"), "TokenType", List.of("refresh-token"), "drn", List.of("DSR"), "tok_type",
			List.of("RT"), "tokenName", List.of("refresh_token"), "purpose", List.of("refresh_token"));

	@ParameterizedTest
	@ValueSource(strings = { "access", "access_token", "ACCESS", "access-token" })
	void takesWordForAccessToken(String use) {
		assertThat(this.generic.type()
			.refuse(TestContent.of(Map.of("typ", "JWT"), Map.of("scope", "a", "token_use", use)))).isNull();
		assertThat(this.generic.type()
			.refuse(TestContent.of(Map.of(), Map.of("scope", "a", "token_use", use, "token_type", "Bearer")))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sap-xsuaa-id.json", "sap-xsuaa-refresh.json" })
	void refusesOtherTokensOfUaaUnderEitherPreset(String name) {
		Sample sample = Sample.named(name);
		Reason reason = name.contains("-id") ? Reason.ID_TOKEN : Reason.REFRESH_TOKEN;
		for (ClaimReader provider : List.of(this.generic, provider("sap-xsuaa"))) {
			for (Map<String, Object> header : List.<Map<String, Object>>of(sample.header(), Map.of())) {
				assertThat(provider.type().refuse(TestContent.of(header, sample.claims()))).isEqualTo(reason);
			}
		}
	}

	/** The lines that the diagnosis shows. */
	@Test
	void saysWhatWouldProveATokenThatSaysNothingElse() {
		Map<String, Object> claims = Map.of("iss", "https://issuer.example", "sub", "u", "aud", "https://api.example",
				"exp", 1L);
		String proof = proof(Map.of("typ", "JWT"), claims);
		assertThat(proof).isNotNull();
		ClaimReader open = new ClaimReaderFactory("auth-starter", null,
				new TrustedIssuer("default", "https://issuer.example", Set.of("https://api.example"), null,
						List.of("RS256"), List.of()),
				Map.of(ProviderSetting.REQUIRE, List.of(proof)), false, false, Set.of(), false)
			.create(Presets.load(), List.of());
		assertThat(open.type().refuse(TestContent.of(Map.of("typ", "JWT"), claims))).isNull();
		for (Sample other : Sample.others().toList()) {
			assertThat(proof(other.header(), other.claims())).as(other.name()).isNull();
		}
		assertThat(proof(Map.of("typ", "JWT"), Map.of("sub", "u", "scope", "a"))).isNull();
	}

	/** Find the predicate in the line that the explanation of the check proposes. */
	private @Nullable String proof(Map<String, Object> header, Map<String, Object> claims) {
		for (Finding finding : this.generic.type().explain(TestContent.of(header, claims))) {
			String sentence = finding.sentence();
			int start = sentence.indexOf("token.accept-if: \"");
			if (start >= 0) {
				return sentence.substring(sentence.indexOf('"') + 1, sentence.lastIndexOf('"'));
			}
		}
		return null;
	}

	@Test
	void distinguishesLogoutTokenFromOtherEvents() {
		Map<String, Object> claims = Map.of("client_id", "c", "events",
				Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
		assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", "JWT"), claims)))
			.isEqualTo(Reason.LOGOUT_TOKEN);
	}

	@ParameterizedTest
	@CsvSource({ "id_token+jwt,id_token", "logout+jwt,logout_token", "application/logout+jwt,logout_token",
			"secevent+jwt,security_event_token", "SecEvent+JWT,security_event_token", "rt+jwt,wrong_type",
			"dpop+jwt,wrong_type", "token-introspection+jwt,wrong_type", "application/,wrong_type",
			"application/application/at+jwt,wrong_type", "' at+jwt',wrong_type", "at+jws,wrong_type" })
	void saysWhatItIsByItsHeader(String type, String reason) {
		Map<String, Object> claims = Map.of("client_id", "c", "nonce", "n");
		assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", type), claims))).hasToString(reason);
	}

	@Test
	void refusesHeaderTypeThatIsNoText() {
		for (Object type : List.of(1L, true, List.of("at+jwt"), Map.of("at+jwt", true))) {
			assertThat(this.generic.type().refuse(TestContent.of(Map.of("typ", type), Map.of("scope", "a"))))
				.isEqualTo(Reason.WRONG_TYPE);
		}
	}

}
