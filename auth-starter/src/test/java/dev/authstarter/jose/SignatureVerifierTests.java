package dev.authstarter.jose;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SignatureVerifierTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final Map<TestKey, List<JWSAlgorithm>> ALGORITHMS = Map.of(TestKey.RSA,
			List.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256), TestKey.P256, List.of(JWSAlgorithm.ES256), TestKey.P384,
			List.of(JWSAlgorithm.ES384), TestKey.P521, List.of(JWSAlgorithm.ES512), TestKey.ED25519,
			List.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));

	private final SignatureVerifier signatures = new SignatureVerifier();

	@Test
	void verifiesWithTheKeyThatSignedAndNoOther() {
		ALGORITHMS.forEach((signer, algorithms) -> algorithms.forEach((algorithm) -> {
			CompactJws jws = parse(VALID.signedAsBy(signer, algorithm));
			for (TestKey key : ALGORITHMS.keySet()) {
				assertThat(this.signatures.verify(jws, key.publicKey())).as("%s with %s", algorithm, key.keyId())
					.isEqualTo(key == signer);
			}
		}));
	}

	@Test
	void doesNotTakeTheAlgorithmOfTheKeyForThatOfTheToken() {
		for (JWSAlgorithm claimed : List.of(JWSAlgorithm.ES384, JWSAlgorithm.ES512, JWSAlgorithm.RS256,
				JWSAlgorithm.EdDSA, JWSAlgorithm.HS256)) {
			String token = VALID.withHeader("alg", claimed.getName()).signedBy(TestKey.P256, JWSAlgorithm.ES256);
			assertThat(this.signatures.verify(parse(token), TestKey.P256.publicKey())).as(claimed.getName()).isFalse();
		}
		String token = VALID.withHeader("alg", "ES256").signedBy(TestKey.ED25519, JWSAlgorithm.EdDSA);
		assertThat(this.signatures.verify(parse(token), TestKey.ED25519.publicKey())).isFalse();
	}

	@Test
	void neverVerifiesWithSecret() {
		JWK secret = new OctetSequenceKey.Builder(new byte[64]).build();
		assertThat(this.signatures.verify(parse(VALID.signed()), secret)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 31, 33, 57, 64 })
	void verifiesNothingWithKeyOfAnotherLength(int length) {
		byte[] point = new byte[length];
		Arrays.fill(point, (byte) 9);
		OctetKeyPair key = new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).build();
		assertThat(this.signatures.verify(parse(VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA)), key)).isFalse();
	}

	@Test
	void acceptsNoSecondSpellingOfSignature() {
		String token = VALID.signedAsBy(TestKey.ED25519, JWSAlgorithm.EdDSA);
		byte[] signature = Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
		assertThat(verifiesEd25519(token, signature)).isTrue();
		assertThat(verifiesEd25519(token, Arrays.copyOf(signature, 65))).isFalse();
		assertThat(verifiesEd25519(token, Arrays.copyOf(signature, 63))).isFalse();
		assertThat(verifiesEd25519(token, new byte[0])).isFalse();
		addOrder(signature);
		assertThat(verifiesEd25519(token, signature)).isFalse();
	}

	private boolean verifiesEd25519(String token, byte[] signature) {
		String changed = token.substring(0, token.lastIndexOf('.') + 1)
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
		return this.signatures.verify(parse(changed), TestKey.ED25519.publicKey());
	}

	private static CompactJws parse(String token) {
		return (CompactJws) CompactJws.parse(token, new KnownHeaders());
	}

	/** S + L is congruent to S (RFC 8032 section 8.4). */
	private static void addOrder(byte[] signature) {
		byte[] order = new BigInteger("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed", 16)
			.toByteArray();
		int carry = 0;
		for (int i = 0; i < 32; i++) {
			int sum = (signature[32 + i] & 0xff) + (order[31 - i] & 0xff) + carry;
			signature[32 + i] = (byte) sum;
			carry = sum >> 8;
		}
	}

}
