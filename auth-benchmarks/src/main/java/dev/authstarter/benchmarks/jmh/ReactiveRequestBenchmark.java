package dev.authstarter.benchmarks.jmh;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

/**
 * A whole request of WebFlux without a server: filter chain, guards, handler and
 * response. The token was verified before; 64 tokens in rotation, a new {@code String}
 * per operation as a request has it. What security costs is the difference to
 * {@code OPEN}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ReactiveRequestBenchmark {

	/**
	 * Send a request.
	 * @param api the state
	 * @return the status
	 */
	@Benchmark
	public HttpStatusCode request(Api api) {
		return api.send(api.next());
	}

	/**
	 * The application.
	 */
	@State(Scope.Benchmark)
	public static class Api {

		private static final Set<BenchmarkedApi.Mode> OPEN = Set.of(BenchmarkedApi.Mode.OPEN,
				BenchmarkedApi.Mode.PERMIT);

		private static final int TOKENS = 64;

		private static final String PATH = "/organizations/org_acme/appointments";

		private final char[][] headers = BenchmarkedToken.distinct(TOKENS, JWSAlgorithm.RS256)
			.stream()
			.map((token) -> ("Bearer " + token).toCharArray())
			.toArray(char[][]::new);

		/** How the API is secured. */
		@Param({ "OPEN", "PERMIT", "STOCK", "STOCK_WITHOUT_DECODING", "OURS" })
		private BenchmarkedApi.Mode mode = BenchmarkedApi.Mode.OURS;

		private @Nullable ConfigurableApplicationContext context;

		private @Nullable HttpHandler handler;

		private int next;

		/**
		 * Start the application, and verify that it decides as expected.
		 */
		@Setup
		public void start() {
			ConfigurableApplicationContext started = BenchmarkedApi.start(this.mode, false, BenchmarkedApi.ON_WEBFLUX);
			this.context = started;
			this.handler = started.getBean(HttpHandler.class);
			boolean accepts = send(next()).value() == 200;
			boolean refuses = send(MockServerHttpRequest.get(PATH).build()).value() == 401;
			if (!accepts || refuses == OPEN.contains(this.mode)) {
				throw new IllegalStateException("The API does not decide as it should");
			}
		}

		MockServerHttpRequest next() {
			this.next = (this.next + 1) % TOKENS;
			return MockServerHttpRequest.get(PATH).header("Authorization", new String(this.headers[this.next])).build();
		}

		HttpStatusCode send(MockServerHttpRequest request) {
			MockServerHttpResponse response = new MockServerHttpResponse();
			Objects.requireNonNull(this.handler).handle(request, response).block();
			HttpStatusCode status = response.getStatusCode();
			return (status != null) ? status : HttpStatus.OK;
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

	}

}
