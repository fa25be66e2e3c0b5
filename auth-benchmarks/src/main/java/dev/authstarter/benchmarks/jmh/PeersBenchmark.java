package dev.authstarter.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.benchmarks.library.Peer;
import dev.authstarter.benchmarks.library.PublicKeys;
import dev.authstarter.benchmarks.library.Validator;
import dev.authstarter.test.ForgedToken;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Validation of the same RS256 token by other libraries: signature, issuer, audience and
 * time. Compare with {@link ValidationBenchmark}, which also maps authorities.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PeersBenchmark {

	/** Which library. */
	@Param
	private Peer peer = Peer.NIMBUS;

	private char[] token = {};

	private Validator validator = (token) -> null;

	/**
	 * Create the validator, and verify that it checks the same as the others.
	 * @throws JOSEException never
	 */
	@Setup
	public void start() throws JOSEException {
		ForgedToken valid = BenchmarkedToken.valid();
		JWK key = PublicKeys.jwk(valid.value());
		this.validator = this.peer.validator(key, key.toRSAKey().toRSAPublicKey());
		this.validator.requireComparable(valid);
		this.token = valid.value().toCharArray();
	}

	/**
	 * Validate.
	 * @return the result of the library
	 * @throws Exception never
	 */
	@Benchmark
	public @Nullable Object validate() throws Exception {
		return this.validator.validate(new String(this.token));
	}

}
