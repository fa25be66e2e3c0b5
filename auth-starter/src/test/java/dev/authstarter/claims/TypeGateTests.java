package dev.authstarter.claims;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What passes as an access token where no provider is named, and what the refusal says of
 * everything else.
 */
class TypeGateTests {

	private final MappedProvider generic = provider(null);

	private static MappedProvider provider(@Nullable String name) {
		TrustedIssuer issuer = new TrustedIssuer("default", "https://issuer.example", Set.of("https://api.example"),
				null, List.of("RS256"));
		return new ProviderProperties("auth-starter", name, issuer, Map.of(), List.of(), false, false, Set.of())
			.build(Presets.load(), List.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "duende", "logto", "rfc9068" })
	void takesTheIssuersWordForOpaqueTokenWhereTheHeaderIsTheOnlyProof(String name) {
		MappedProvider provider = provider(name);
		Map<String, Object> claims = Map.of("sub", "u", "client_id", "c", "scope", "a");
		assertThat(provider.refuseType(Map.of(), claims)).isNull();
		assertThat(provider.refuseType(Map.of("alg", "RS256"), claims)).isEqualTo(Reason.WRONG_TYPE);
		assertThat(provider.refuseType(Map.of("alg", "RS256", "typ", "JWT"), claims)).isEqualTo(Reason.WRONG_TYPE);
		assertThat(provider.refuseType(Map.of(), Map.of("sub", "u", "client_id", "c", "nonce", "n")))
			.isEqualTo(Reason.ID_TOKEN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+jwt" })
	void takesHeaderTypeAsProof(String type) {
		assertThat(this.generic.refuseType(Map.of("typ", type), Map.of("nonce", "n"))).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "scope,a", "scp,a", "client_id,c", "cid,c", "permissions,p", "azp,c" })
	void takesClaimAsProof(String claim, String value) {
		for (Map<String, Object> header : List.<Map<String, Object>>of(Map.of(), Map.of("typ", "JWT"),
				Map.of("typ", "jwt"), Map.of("typ", ""))) {
			assertThat(this.generic.refuseType(header, Map.of(claim, value))).isNull();
			assertThat(this.generic.refuseType(header, Map.of(claim, ""))).isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
			assertThat(this.generic.refuseType(header, Map.of("sub", "u"))).isEqualTo(Reason.NOT_AN_ACCESS_TOKEN);
		}
	}

	@ParameterizedTest
	@CsvSource({ "typ,ID,ID_TOKEN", "token_use,id,ID_TOKEN", "nonce,n,ID_TOKEN", "at_hash,h,ID_TOKEN",
			"c_hash,h,ID_TOKEN", "s_hash,h,ID_TOKEN", "jti,ID.x,ID_TOKEN", "purpose,id,ID_TOKEN",
			"tokenName,id_token,ID_TOKEN", "typ,Refresh,REFRESH_TOKEN", "token_use,refresh,REFRESH_TOKEN",
			"tokenType,refresh-token,REFRESH_TOKEN", "TokenType,refresh-token,REFRESH_TOKEN", "drn,DSR,REFRESH_TOKEN",
			"typ,Logout,LOGOUT_TOKEN", "events,e,SECURITY_EVENT_TOKEN" })
	void saysWhatItIsByItsClaims(String claim, String value, Reason reason) {
		assertThat(this.generic.refuseType(Map.of("typ", "JWT"), Map.of("scope", "a", claim, value))).isEqualTo(reason);
	}

	@Test
	void tellsLogoutTokenFromOtherEvents() {
		Map<String, Object> claims = Map.of("client_id", "c", "events",
				Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
		assertThat(this.generic.refuseType(Map.of("typ", "JWT"), claims)).isEqualTo(Reason.LOGOUT_TOKEN);
	}

	@ParameterizedTest
	@CsvSource({ "id_token+jwt,ID_TOKEN", "logout+jwt,LOGOUT_TOKEN", "application/logout+jwt,LOGOUT_TOKEN",
			"secevent+jwt,SECURITY_EVENT_TOKEN", "SecEvent+JWT,SECURITY_EVENT_TOKEN", "rt+jwt,WRONG_TYPE",
			"dpop+jwt,WRONG_TYPE", "token-introspection+jwt,WRONG_TYPE", "application/,WRONG_TYPE",
			"application/application/at+jwt,WRONG_TYPE", "' at+jwt',WRONG_TYPE", "at+jws,WRONG_TYPE" })
	void saysWhatItIsByItsHeader(String type, Reason reason) {
		Map<String, Object> claims = Map.of("client_id", "c", "nonce", "n");
		assertThat(this.generic.refuseType(Map.of("typ", type), claims)).isEqualTo(reason);
	}

	@Test
	void refusesHeaderTypeThatIsNoText() {
		for (Object type : List.of(1L, true, List.of("at+jwt"), Map.of("at+jwt", true))) {
			assertThat(this.generic.refuseType(Map.of("typ", type), Map.of("scope", "a"))).isEqualTo(Reason.WRONG_TYPE);
		}
	}

}
