package dev.authstarter.benchmarks;

import java.security.Security;
import java.security.Signature;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.Reason;
import dev.authstarter.Refused;
import dev.authstarter.benchmarks.library.Library;
import dev.authstarter.test.ForgedToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The library with Amazon Corretto Crypto Provider before all others. Runs where the
 * profile {@code accp} brings it.
 */
@EnabledIf("dev.authstarter.benchmarks.NativeProvider#isPresent")
class NativeProviderTests {

	private static final String NAME = "AmazonCorrettoCryptoProvider";

	@BeforeEach
	void install() {
		NativeProvider.install();
	}

	@AfterEach
	void remove() {
		Security.removeProvider(NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SHA256withRSA", "RSASSA-PSS", "SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA",
			"Ed25519" })
	void verifiesWhatTheLibraryAsksFor(String algorithm) throws Exception {
		assertThat(Signature.getInstance(algorithm).getProvider().getName()).isEqualTo(NAME);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519" })
	void acceptsGoodTokensAndRefusesBadOnes(String algorithm) {
		try (Library library = Library.ours("--auth-starter.cache.enabled=false")) {
			ForgedToken token = token(algorithm);
			assertThat(library.authenticate(token.value()).isAuthenticated()).isTrue();
			assertThatRefuses(library, token.tampered().value());
			assertThatRefuses(library, otherSignature(token.value()));
		}
	}

	@Test
	void refusesUntrustedKeyUnderTheIssuersKeyId() {
		try (Library library = Library.ours()) {
			assertThatRefuses(library, BenchmarkedToken.valid().signedByUntrustedKey().value());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519" })
	void goesOnWithKeysThatTheJdkMade(String algorithm) {
		Security.removeProvider(NAME);
		try (Library library = Library.ours("--auth-starter.cache.enabled=false")) {
			ForgedToken token = token(algorithm);
			library.authenticate(token.value());
			NativeProvider.install();
			assertThat(library.authenticate(token.value()).isAuthenticated()).isTrue();
			assertThatRefuses(library, otherSignature(token.value()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA", "Ed25519" })
	void goesOnWithoutTheProvider(String algorithm) {
		try (Library library = Library.ours("--auth-starter.cache.enabled=false")) {
			ForgedToken token = token(algorithm);
			library.authenticate(token.value());
			Security.removeProvider(NAME);
			assertThat(library.authenticate(token.value()).isAuthenticated()).isTrue();
			assertThatRefuses(library, otherSignature(token.value()));
		}
	}

	private static ForgedToken token(String algorithm) {
		return BenchmarkedToken.valid().withAlgorithm(JWSAlgorithm.parse(algorithm));
	}

	private static void assertThatRefuses(Library library, String token) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> library.authenticate(token))
			.satisfies((refused) -> assertThat(((Refused) refused).refusal().reason()).isEqualTo(Reason.BAD_SIGNATURE));
	}

	/** As long as the right one, with one character changed in its middle. */
	private static String otherSignature(String token) {
		int index = token.lastIndexOf('.') + 20;
		return token.substring(0, index) + ((token.charAt(index) != 'A') ? 'A' : 'B') + token.substring(index + 1);
	}

}
