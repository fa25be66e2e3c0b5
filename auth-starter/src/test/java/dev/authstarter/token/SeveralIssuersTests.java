package dev.authstarter.token;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An API that trusts two issuers, whose keys share an id, over HTTP.
 */
@SpringBootTest(classes = { TestApi.class, SeveralIssuersTests.KeysOfEach.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "auth-starter.issuers.staff.issuer=" + SeveralIssuersTests.STAFF,
				"auth-starter.issuers.staff.audience=https://staff-api.example",
				"auth-starter.issuers.partners.issuer=" + SeveralIssuersTests.PARTNERS,
				"auth-starter.issuers.partners.jwks-uri=https://partners.example/keys",
				"auth-starter.issuers.partners.audience=https://partner-api.example",
				"auth-starter.issuers.partners.algorithms=RS256", "auth-starter.issuers.staff.organization.allowed=*",
				"auth-starter.issuers.partners.organization.allowed=*" })
class SeveralIssuersTests {

	static final String STAFF = "https://staff.example/";

	/** Not a URL, so {@code Jwt.getIssuer()} would throw an exception. */
	static final String PARTNERS = "acme partners: \u00e4";

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final TestToken OF_STAFF = TestToken.validAt(TestApi.NOW)
		.with("iss", STAFF)
		.with("aud", "https://staff-api.example");

	private static final TestToken OF_PARTNERS = TestToken.validAt(TestApi.NOW)
		.with("iss", PARTNERS)
		.with("aud", "https://partner-api.example");

	/** The key of the staff's issuer and that of the partners', both of id 'rsa'. */
	private static final TestKey STAFF_KEY = TestKey.RSA;

	private static final TestKey PARTNERS_KEY = TestKey.OTHER_RSA;

	@LocalServerPort
	int port;

	private HttpCalls http = new HttpCalls(0);

	@BeforeEach
	void callTheApi() {
		this.http = new HttpCalls(this.port);
		KeysOfEach.ASKED.clear();
	}

	@Test
	void acceptsTokensOfBoth() {
		assertThat(STAFF_KEY.keyId()).isEqualTo(PARTNERS_KEY.keyId());
		assertThat(answer(OF_STAFF, STAFF_KEY)).isEqualTo("200");
		assertThat(answer(OF_PARTNERS, PARTNERS_KEY)).isEqualTo("200");
		assertThat(KeysOfEach.ASKED).containsExactly(STAFF, PARTNERS);
	}

	@Test
	void neverVerifiesTokenWithKeyOfAnotherIssuer() {
		assertThat(answer(OF_STAFF, PARTNERS_KEY)).isEqualTo("401 bad_signature");
		assertThat(answer(OF_PARTNERS, STAFF_KEY)).isEqualTo("401 bad_signature");
		assertThat(answer(OF_STAFF.withoutHeader("kid"), PARTNERS_KEY)).isEqualTo("401 bad_signature");
		assertThat(answer(OF_PARTNERS.withoutHeader("kid"), STAFF_KEY)).isEqualTo("401 bad_signature");
	}

	@Test
	void knowsNoKeyOfAnotherIssuer() {
		assertThat(this.http.answer(NOTES, OF_STAFF.signedAsBy(TestKey.P256, JWSAlgorithm.ES256))).isEqualTo("200");
		assertThat(this.http.answer(NOTES, OF_STAFF.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA)))
			.isEqualTo("401 unknown_key");
	}

	@Test
	void holdsTokenToTheAudienceOfItsIssuer() {
		assertThat(answer(OF_STAFF.with("aud", "https://partner-api.example"), STAFF_KEY))
			.isEqualTo("401 wrong_audience");
		assertThat(answer(OF_PARTNERS.with("aud", "https://staff-api.example"), PARTNERS_KEY))
			.isEqualTo("401 wrong_audience");
		assertThat(answer(OF_PARTNERS.with("aud", List.of("https://staff-api.example", "https://partner-api.example")),
				PARTNERS_KEY))
			.isEqualTo("200");
	}

	@Test
	void holdsTokenToTheAlgorithmsOfItsIssuer() {
		assertThat(this.http.answer(NOTES, OF_PARTNERS.signedAsBy(TestKey.P256, JWSAlgorithm.ES256)))
			.isEqualTo("401 algorithm_not_allowed");
		assertThat(this.http.answer(NOTES, OF_PARTNERS.signedAsBy(PARTNERS_KEY, JWSAlgorithm.PS256)))
			.isEqualTo("401 algorithm_not_allowed");
		assertThat(this.http.answer(NOTES, OF_STAFF.signedAsBy(STAFF_KEY, JWSAlgorithm.PS256))).isEqualTo("200");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/", "https://staff.example", "acme partners", "ACME PARTNERS: \u00c4",
			"acme partners: a\u0308", "staff", "partners", "https://partners.example/keys" })
	void fetchesNoKeysOfUnknownIssuer(String issuer) {
		assertThat(answer(OF_STAFF.with("iss", issuer), STAFF_KEY)).isEqualTo("401 wrong_issuer");
		assertThat(KeysOfEach.ASKED).isEmpty();
	}

	@Test
	void fetchesNoKeysForTokenThatIsRefusedAnyway() {
		answer(OF_STAFF.with("aud", "https://other.example"), STAFF_KEY);
		answer(OF_STAFF.with("exp", 1).with("iat", 0), STAFF_KEY);
		answer(OF_STAFF.withType("id_token+jwt"), STAFF_KEY);
		answer(OF_STAFF.with("cnf", Map.of("jkt", "x")), STAFF_KEY);
		this.http.answer(NOTES, OF_PARTNERS.signedAsBy(TestKey.P256, JWSAlgorithm.ES256));
		assertThat(KeysOfEach.ASKED).isEmpty();
	}

	@Test
	void handsIssuerThatIsNoUrlToTheApplication() {
		assertThat(this.http.getWithToken("/me", OF_PARTNERS.signedBy(PARTNERS_KEY, JWSAlgorithm.RS256)).body())
			.contains("auth0|42", "SCOPE_read:notes");
	}

	private String answer(TestToken token, TestKey key) {
		return this.http.answer(NOTES, token.signedBy(key, JWSAlgorithm.RS256));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class KeysOfEach {

		static final List<String> ASKED = new CopyOnWriteArrayList<>();

		private static final Map<String, JWKSet> KEYS = Map.of(STAFF,
				new JWKSet(List.of(STAFF_KEY.publicKey(), TestKey.P256.publicKey())), PARTNERS,
				new JWKSet(List.of(PARTNERS_KEY.publicKey(), TestKey.P256.publicKey(), TestKey.ED25519.publicKey())));

		@Bean
		@Primary
		TrustedKeys keysOfEach() {
			return (issuer) -> {
				KeySet keys = KeySet.of(KEYS.getOrDefault(issuer.issuer(), new JWKSet()));
				return () -> (KeySet) (header) -> {
					ASKED.add(issuer.issuer());
					return keys.find(header);
				};
			};
		}

	}

}
