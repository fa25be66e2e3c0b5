package dev.authstarter.benchmarks.jmh;

import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.AccessToken;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.jose.StrictJson;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * From parsed claims to {@link AccessToken}, for a payload of about 900 bytes as Auth0
 * writes it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class MappingBenchmark {

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable ClaimReader provider;

	private Map<String, Object> header = Map.of();

	private Map<String, Object> claims = Map.of();

	/**
	 * Parse the token once.
	 * @throws ParseException never
	 */
	@Setup
	public void start() throws ParseException {
		SignedJWT jwt = SignedJWT.parse(BenchmarkedToken.valid().value());
		this.header = jwt.getHeader().toJSONObject();
		this.claims = StrictJson.parseObject(jwt.getPayload().toString());
		ConfigurableApplicationContext started = BenchmarkedToken.startApplication("--auth-starter.provider=auth0",
				"--auth-starter.claims.roles=roles");
		this.context = started;
		this.provider = started.getBean(ClaimReaders.class).of(started.getBean(TrustedIssuers.class).first());
		AccessToken token = readClaims();
		if (token == null || token.scopes().size() != 8 || token.permissions().size() != 20 || token.roles().size() != 3
				|| token.organizations().size() != 1) {
			throw new IllegalStateException("The claims were not read");
		}
	}

	/**
	 * Stop.
	 */
	@TearDown
	public void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * Read the claims.
	 * @return the content of the token
	 */
	@Benchmark
	public @Nullable AccessToken readClaims() {
		return (this.provider != null) ? this.provider.read(TokenContent.jwt(this.header, this.claims)) : null;
	}

}
