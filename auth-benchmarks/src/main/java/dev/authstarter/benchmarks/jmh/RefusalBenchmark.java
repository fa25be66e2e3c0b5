package dev.authstarter.benchmarks.jmh;

import java.util.concurrent.TimeUnit;

import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.benchmarks.library.Defect;
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

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * A token that is refused, by this library and by stock Spring Security. RS256.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RefusalBenchmark {

	/** What is wrong with it. */
	@Param({ "EXPIRED", "WRONG_ISSUER", "WRONG_AUDIENCE", "BAD_SIGNATURE", "GARBAGE" })
	private Defect defect = Defect.EXPIRED;

	private char[] token = {};

	private Library stock = Library.NONE;

	private Library ours = Library.NONE;

	/**
	 * Start.
	 */
	@Setup
	public void start() {
		this.token = this.defect.of(BenchmarkedToken.valid()).toCharArray();
		this.stock = Library.stock(SignatureAlgorithm.RS256);
		this.ours = Library.ours();
		// A token of the issuer has been accepted before.
		this.ours.decoder().decode(BenchmarkedToken.valid().value());
	}

	/**
	 * Stop.
	 */
	@TearDown
	public void stop() {
		this.ours.close();
	}

	/**
	 * Refused by stock Spring Security.
	 * @return why
	 */
	@Benchmark
	public Exception stock() {
		return refusal(this.stock);
	}

	/**
	 * Refused by this library.
	 * @return why
	 */
	@Benchmark
	public Exception ours() {
		return refusal(this.ours);
	}

	private Exception refusal(Library library) {
		try {
			throw new IllegalStateException(library.decoder().decode(new String(this.token)).toString());
		}
		catch (JwtException ex) {
			return ex;
		}
	}

}
