package dev.authstarter.jose;

import java.util.List;
import java.util.Set;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownHeaders}.
 */
class KnownHeadersTests {

	private static final TrustedIssuer ISSUER = issuer("https://issuer.example/");

	private static final List<JWK> KEYS = List.of(TestKey.RSA.publicKey());

	private final KnownHeaders headers = new KnownHeaders();

	private final CompactJws jws = CompactJws.parse(TestToken.validAt(TestApi.NOW).signed(), this.headers);

	private final Object keyVersion = new Object();

	@Test
	void findsWhatGenuineTokenHad() {
		assertThat(this.headers.find(this.jws.encodedHeader())).isNull();
		assertThat(this.headers.keys(this.jws, ISSUER, this.keyVersion)).isNull();
		this.headers.remember(this.jws, ISSUER, this.keyVersion, KEYS);
		assertThat(this.headers.find(this.jws.encodedHeader())).isSameAs(this.jws.header());
		assertThat(this.headers.keys(this.jws, ISSUER, this.keyVersion)).isSameAs(KEYS);
	}

	@Test
	void findsNoKeysOfAnotherGeneration() {
		this.headers.remember(this.jws, ISSUER, this.keyVersion, KEYS);
		assertThat(this.headers.keys(this.jws, ISSUER, new Object())).isNull();
		assertThat(this.headers.keys(this.jws, ISSUER, null)).isNull();
	}

	@Test
	void findsNoKeysOfAnotherIssuer() {
		this.headers.remember(this.jws, ISSUER, this.keyVersion, KEYS);
		assertThat(this.headers.keys(this.jws, issuer("https://other.example/"), this.keyVersion)).isNull();
	}

	@Test
	void findsNoKeysThatHaveNoGeneration() {
		this.headers.remember(this.jws, ISSUER, null, KEYS);
		assertThat(this.headers.keys(this.jws, ISSUER, null)).isNull();
	}

	@Test
	void takesUpTheKeysOfTheNextGeneration() {
		this.headers.remember(this.jws, ISSUER, this.keyVersion, KEYS);
		Object next = new Object();
		List<JWK> keys = List.of(TestKey.STRANGER.publicKey());
		this.headers.remember(this.jws, ISSUER, next, keys);
		assertThat(this.headers.keys(this.jws, ISSUER, next)).isSameAs(keys);
	}

	private static TrustedIssuer issuer(String issuer) {
		return new TrustedIssuer("default", issuer, Set.of("api"), null, List.of("RS256"), List.of());
	}

}
