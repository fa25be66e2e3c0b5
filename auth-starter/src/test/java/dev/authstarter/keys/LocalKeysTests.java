package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Keys in files and on the class path.
 */
class LocalKeysTests {

	private static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "ES384", "ES512");

	@TempDir
	Path files;

	static Stream<TestKey> keysInPem() {
		return Stream.of(TestKey.RSA, TestKey.P256, TestKey.P384, TestKey.P521);
	}

	@ParameterizedTest
	@MethodSource("keysInPem")
	void readsPublicKeyInPemForTokensOfAnyKeyId(TestKey key) throws Exception {
		Path file = write("key.pem", pem("PUBLIC KEY", encoded(key)));
		FetchedKeySet keys = new FetchedKeySet(keys(file).fetch(), TestApi.NOW);
		JWSAlgorithm algorithm = JWSAlgorithm.parse((key == TestKey.RSA) ? "RS256"
				: "ES" + (key.keyId().equals("p521") ? "512" : key.keyId().substring(1)));
		for (JWSHeader header : List.of(new JWSHeader(algorithm),
				new JWSHeader.Builder(algorithm).keyID("any").build())) {
			assertThat(keys.find(header)).singleElement()
				.satisfies((found) -> assertThat(found.computeThumbprint())
					.isEqualTo(key.publicKey().computeThumbprint()));
		}
	}

	@Test
	void keyWithIdFitsNoOtherId() throws Exception {
		FetchedKeySet keys = new FetchedKeySet(
				keys(write("jwks", new JWKSet(TestKey.RSA.publicKey()).toString())).fetch(), TestApi.NOW);
		assertThat(keys.find(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("other").build())).isEmpty();
		assertThat(keys.find(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build())).hasSize(1);
	}

	@Test
	void readsSeveralKeysInPemAndTextBetweenThem() throws Exception {
		Path file = write("keys.pem", "Old key\r\n" + pem("PUBLIC KEY", encoded(TestKey.RSA)) + "\nNew key\n"
				+ pem("PUBLIC KEY", encoded(TestKey.P256)));
		assertThat(keys(file).fetch().getKeys()).hasSize(2);
	}

	@Test
	void readsKeySetOfTheClassPath() throws Exception {
		LocalKeys keys = new LocalKeys(issuer(), URI.create("classpath:dev/authstarter/keys/jwks.json"));
		assertThat(keys.fetch().getKeys()).hasSize(1);
	}

	@Test
	void changedFileCountsAfterTheTimeToLiveAndBrokenOneNever() throws Exception {
		Path file = write("jwks.json", new JWKSet(TestKey.RSA.publicKey()).toString());
		TestClock clock = new TestClock(TestApi.NOW);
		IssuerKeyCache keys = issuerKeys(file, clock);
		JWSHeader rsa = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build();
		JWSHeader p256 = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("p256").build();
		assertThat(find(keys, rsa)).hasSize(1);
		Files.writeString(file, "{\"keys\":[");
		clock.advance(Duration.ofMinutes(5));
		assertThat(find(keys, rsa)).hasSize(1);
		assertThat(keys.isDegraded()).isTrue();
		Files.writeString(file, new JWKSet(TestKey.P256.publicKey()).toString());
		clock.advance(Duration.ofSeconds(10));
		assertThat(find(keys, p256)).hasSize(1);
		assertThat(find(keys, rsa)).isEmpty();
	}

	static Stream<Arguments> badFiles() throws JOSEException {
		RSAKey rsa = new RSAKeyGenerator(2048).keyID("secret-rsa").generate();
		JWK ec = new ECKeyGenerator(Curve.P_256).generate();
		OctetSequenceKey secret = new OctetSequenceKeyGenerator(256).generate();
		String privateRsa = Base64.getMimeEncoder().encodeToString(rsa.toRSAPrivateKey().getEncoded());
		return Stream.of(Arguments.of(set(rsa), "private or symmetric key", rsa.getPrivateExponent().toString()),
				Arguments.of(set(ec), "private or symmetric key", ec.toJSONObject().get("d")),
				Arguments.of("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qY\",\"d\":\"nWGx\"}]}",
						"private or symmetric key", "nWGx"),
				Arguments.of(set(secret), "private or symmetric key", secret.getKeyValue().toString()),
				Arguments.of(pem("PRIVATE KEY", privateRsa), "private or symmetric key", privateRsa.substring(0, 40)),
				Arguments.of(pem("RSA PRIVATE KEY", "TUlJRQ=="), "private or symmetric key", "TUlJRQ"),
				Arguments.of(pem("ENCRYPTED PRIVATE KEY", "TUlJRQ=="), "private or symmetric key", "TUlJRQ"),
				Arguments.of(pem("CERTIFICATE", "TUlJRQ=="),
						"contains a CERTIFICATE, but only a PUBLIC KEY is " + "supported", "TUlJRQ"),
				Arguments.of(pem("PUBLIC KEY", "TUlJRQ=="), "neither an RSA key nor a key on a NIST curve", "TUlJRQ"),
				Arguments.of("-----BEGIN PUBLIC KEY-----\nTUlJRQ==", "no key that can verify", "TUlJRQ"),
				Arguments.of("", "neither a JSON key set nor a PEM file with a public key", "-"),
				Arguments.of("[]", "neither a JSON key set nor a PEM file with a public key", "-"),
				Arguments.of("{\"keys\":[]}", "no key that can verify", "-"),
				Arguments.of("{\"keys\":{}}", "no key that can verify", "-"),
				Arguments.of(" ".repeat(10_000_000) + "{}", "more than 262144 bytes", "-"));
	}

	@ParameterizedTest
	@MethodSource("badFiles")
	void refusesBadFileAndShowsNothingOfIt(String content, String message, String secret) throws Exception {
		Path file = write("key", content);
		assertThatIOException().isThrownBy(() -> keys(file).fetch())
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(secret.equals("-") ? content + "x" : secret));
	}

	@Test
	void refusesDirectoryAndWhatIsNotThere() {
		assertThatIOException().isThrownBy(() -> keys(this.files).fetch()).withMessageContaining("is not a file");
		assertThatIOException().isThrownBy(() -> keys(this.files.resolve("none")).fetch())
			.withMessageContaining("does not exist");
		assertThatIOException().isThrownBy(() -> new LocalKeys(issuer(), URI.create("classpath:none.json")).fetch())
			.withMessageContaining("does not exist");
	}

	private static String set(JWK key) {
		return "{\"keys\":[" + key.toJSONString() + "]}";
	}

	private static String encoded(TestKey key) throws JOSEException {
		return Base64.getMimeEncoder().encodeToString(((AsymmetricJWK) key.publicKey()).toPublicKey().getEncoded());
	}

	private static String pem(String type, String base64) {
		return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(type, base64);
	}

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.files.resolve(name), content);
	}

	private static LocalKeys keys(Path file) {
		return new LocalKeys(issuer(), file.toUri());
	}

	private static IssuerKeyCache issuerKeys(Path file, Clock clock) {
		return new IssuerKeyCache(issuer(), keys(file),
				new JwkSetLifetimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(2)),
				new Semaphore(10), clock, Runnable::run, new AuthListeners(List::of, clock));
	}

	private static TrustedIssuer issuer() {
		return new TrustedIssuer("default", "https://acme.example", Set.of("api"), null, ALGORITHMS, List.of());
	}

}
