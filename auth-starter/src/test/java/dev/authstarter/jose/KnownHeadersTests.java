package dev.authstarter.jose;

import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownHeaders}.
 */
class KnownHeadersTests {

	private static final List<JWK> KEYS = List.of(TestKey.RSA.publicKey());

	private final KnownHeaders headers = new KnownHeaders();

	private final CompactJws jws = parse(TestToken.validAt(TestApi.NOW));

	private final Object keySet = new Object();

	@Test
	void findsWhatGenuineTokenHad() {
		assertThat(this.headers.find(this.jws.encodedHeader())).isNull();
		assertThat(this.headers.keys(this.jws, this.keySet)).isNull();
		this.headers.remember(this.jws, this.keySet, KEYS);
		assertThat(this.headers.find(this.jws.encodedHeader())).isSameAs(this.jws.header());
		assertThat(this.headers.keys(this.jws, this.keySet)).isSameAs(KEYS);
	}

	@Test
	void findsNoKeysOfAnotherSet() {
		this.headers.remember(this.jws, this.keySet, KEYS);
		assertThat(this.headers.keys(this.jws, new Object())).isNull();
	}

	@Test
	void takesUpTheKeysOfTheNextSet() {
		this.headers.remember(this.jws, this.keySet, KEYS);
		Object next = new Object();
		List<JWK> keys = List.of(TestKey.OTHER_RSA.publicKey());
		this.headers.remember(this.jws, next, keys);
		assertThat(this.headers.keys(this.jws, next)).isSameAs(keys);
		assertThat(this.headers.keys(this.jws, this.keySet)).isNull();
	}

	@Test
	void remembersNoLongHeader() {
		CompactJws large = parse(TestToken.validAt(TestApi.NOW).withHeader("x", "x".repeat(1_000)));
		this.headers.remember(large, this.keySet, KEYS);
		assertThat(this.headers.find(large.encodedHeader())).isNull();
	}

	private CompactJws parse(TestToken token) {
		return (CompactJws) CompactJws.parse(token.signed(), this.headers);
	}

}
