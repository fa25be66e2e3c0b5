package dev.authstarter.benchmarks.jmh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.benchmarks.library.CryptoProvider;
import dev.authstarter.benchmarks.library.Library;
import dev.authstarter.benchmarks.library.PublicKeys;
import dev.authstarter.benchmarks.library.Validator;
import dev.authstarter.test.ForgedToken;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * From a new compact token to the finished authentication, by this library and by stock
 * Spring Security, and as the lower limit a single verification of the same signature. A
 * payload of about 900 bytes, a new {@code String} per operation as a request has it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class ValidationBenchmark {

	/**
	 * The limit: the signature alone.
	 * @param limit the state
	 * @return whether it is valid
	 * @throws GeneralSecurityException never
	 */
	@Benchmark
	public boolean raw(Limit limit) throws GeneralSecurityException {
		limit.verifier.update(limit.signingInput);
		return limit.verifier.verify(limit.signature);
	}

	/**
	 * Stock Spring Security, with authorities mapped from scopes, permissions and roles.
	 * @param stock the state
	 * @return the authentication
	 */
	@Benchmark
	public AbstractAuthenticationToken stock(Stock stock) {
		return stock.library.authenticate(new String(stock.token));
	}

	/**
	 * This library, with scopes, roles, permissions and organization.
	 * @param ours the state
	 * @return the authentication
	 */
	@Benchmark
	public AbstractAuthenticationToken ours(Ours ours) {
		return ours.library.authenticate(new String(ours.token));
	}

	/**
	 * One reused verifier.
	 */
	@State(Scope.Benchmark)
	public static class Limit {

		/** How tokens are signed. */
		@Param({ "RS256", "ES256", "Ed25519" })
		private String algorithm = "";

		/** Who does the cryptography. */
		@Param("JDK")
		private CryptoProvider provider = CryptoProvider.JDK;

		private Signature verifier = PublicKeys.signature(JWSAlgorithm.RS256);

		private byte[] signingInput = {};

		private byte[] signature = {};

		/**
		 * Take the token apart.
		 * @throws GeneralSecurityException never
		 * @throws JOSEException never
		 */
		@Setup
		public void start() throws GeneralSecurityException, JOSEException {
			this.provider.install();
			JWSAlgorithm signedWith = JWSAlgorithm.parse(this.algorithm);
			String valid = BenchmarkedToken.valid().withAlgorithm(signedWith).value();
			this.signingInput = valid.substring(0, valid.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
			this.signature = new Base64URL(valid.substring(valid.lastIndexOf('.') + 1)).decode();
			this.verifier = PublicKeys.signature(signedWith);
			this.verifier.initVerify(PublicKeys.of(valid));
			this.verifier.update(this.signingInput);
			if (!this.verifier.verify(this.signature)) {
				throw new IllegalStateException("A good signature was refused");
			}
		}

	}

	/**
	 * Stock Spring Security, which does not support Ed25519.
	 */
	@State(Scope.Benchmark)
	public static class Stock {

		/** How tokens are signed. */
		@Param({ "RS256", "ES256" })
		private SignatureAlgorithm algorithm = SignatureAlgorithm.RS256;

		/** Who does the cryptography. */
		@Param("JDK")
		private CryptoProvider provider = CryptoProvider.JDK;

		private Library library = Library.NONE;

		private char[] token = {};

		/**
		 * Start.
		 */
		@Setup
		public void start() {
			this.provider.install();
			this.library = Library.stock(this.algorithm);
			this.token = checked(this.library, JWSAlgorithm.parse(this.algorithm.getName()));
		}

	}

	/**
	 * This library, with its cache off.
	 */
	@State(Scope.Benchmark)
	public static class Ours {

		/** How tokens are signed. */
		@Param({ "RS256", "ES256", "Ed25519" })
		private String algorithm = "";

		/** Who does the cryptography. */
		@Param("JDK")
		private CryptoProvider provider = CryptoProvider.JDK;

		private Library library = Library.NONE;

		private char[] token = {};

		/**
		 * Start.
		 */
		@Setup
		public void start() {
			this.provider.install();
			this.library = Library.ours("--auth-starter.cache.enabled=false");
			this.token = checked(this.library, JWSAlgorithm.parse(this.algorithm));
		}

		/**
		 * Stop.
		 */
		@TearDown
		public void stop() {
			this.library.close();
		}

	}

	private static char[] checked(Library library, JWSAlgorithm algorithm) {
		ForgedToken valid = BenchmarkedToken.valid().withAlgorithm(algorithm);
		Validator validator = library::authenticate;
		validator.requireComparable(valid);
		return valid.value().toCharArray();
	}

}
