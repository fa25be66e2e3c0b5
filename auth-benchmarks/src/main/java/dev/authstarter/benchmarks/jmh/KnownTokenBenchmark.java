package dev.authstarter.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.benchmarks.library.Library;
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

/**
 * A token that was verified before, from the compact form to the finished authentication,
 * for several signature algorithms. 64 tokens in rotation, a new {@code String} per
 * operation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class KnownTokenBenchmark {

	private static final int TOKENS = 64;

	/** How tokens are signed. */
	@Param({ "RS256", "ES256", "Ed25519" })
	private String algorithm = "";

	private char[][] tokens = {};

	private int next;

	private Library library = Library.NONE;

	/**
	 * Start, and send every token once.
	 */
	@Setup
	public void start() {
		this.library = Library.ours();
		this.tokens = BenchmarkedToken.distinct(TOKENS, JWSAlgorithm.parse(this.algorithm))
			.stream()
			.map(String::toCharArray)
			.toArray(char[][]::new);
		for (int i = 0; i < TOKENS; i++) {
			ours();
		}
	}

	/**
	 * Stop.
	 */
	@TearDown
	public void stop() {
		this.library.close();
	}

	/**
	 * This library, with scopes, roles, permissions and organization.
	 * @return the authentication
	 */
	@Benchmark
	public AbstractAuthenticationToken ours() {
		this.next = (this.next + 1) % TOKENS;
		return this.library.authenticate(new String(this.tokens[this.next]));
	}

}
