package dev.authstarter.benchmarks.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
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
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.web.context.WebApplicationContext;

/**
 * A request with a token that was verified before: from the header to the finished
 * authentication, and through the whole filter chain, with metrics and observations and
 * without. 64 tokens in rotation, a new {@code String} per operation as a request has it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RequestBenchmark {

	/**
	 * The request alone, to be subtracted from the others.
	 * @param requests the state
	 * @return the request
	 */
	@Benchmark
	public MockHttpServletRequest requestAlone(Requests requests) {
		return requests.next();
	}

	/**
	 * From the header to the finished authentication.
	 * @param requests the requests
	 * @param intake the state
	 * @return the authentication
	 */
	@Benchmark
	public @Nullable Authentication headerToAuthentication(Requests requests, Intake intake) {
		Authentication bearer = intake.converter.convert(requests.next());
		return (bearer != null && intake.provider != null) ? intake.provider.authenticate(bearer) : null;
	}

	/**
	 * Through the filter chain, up to where Spring MVC would begin.
	 * @param requests the requests
	 * @param chain the state
	 * @return the response
	 * @throws ServletException never
	 * @throws IOException never
	 */
	@Benchmark
	public MockHttpServletResponse chain(Requests requests, Chain chain) throws ServletException, IOException {
		return chain.pass(requests.next(chain.servletContext));
	}

	/**
	 * Requests with 64 tokens in rotation.
	 */
	@State(Scope.Benchmark)
	public static class Requests {

		private static final int TOKENS = 64;

		private final char[][] headers = BenchmarkedToken.distinct(TOKENS, JWSAlgorithm.RS256)
			.stream()
			.map((token) -> ("Bearer " + token).toCharArray())
			.toArray(char[][]::new);

		private int next;

		MockHttpServletRequest next() {
			return next(null);
		}

		MockHttpServletRequest next(@Nullable ServletContext context) {
			this.next = (this.next + 1) % TOKENS;
			MockHttpServletRequest request = new MockHttpServletRequest(context, "GET",
					"/organizations/org_acme/appointments");
			request.addHeader("Authorization", new String(this.headers[this.next]));
			return request;
		}

	}

	/**
	 * What a filter does with the header.
	 */
	@State(Scope.Benchmark)
	public static class Intake {

		/** How the API is secured. */
		@Param({ "STOCK", "OURS" })
		private BenchmarkedApi.Mode mode = BenchmarkedApi.Mode.OURS;

		private AuthenticationConverter converter = (request) -> null;

		private @Nullable JwtAuthenticationProvider provider;

		private @Nullable ConfigurableApplicationContext context;

		/**
		 * Start the application.
		 */
		@Setup
		public void start() {
			ConfigurableApplicationContext started = BenchmarkedApi.start(this.mode, false);
			this.context = started;
			JwtAuthenticationProvider authentications = new JwtAuthenticationProvider(
					started.getBean(JwtDecoder.class));
			if (this.mode == BenchmarkedApi.Mode.OURS) {
				authentications.setJwtAuthenticationConverter(started.getBean(CallerAuthentications.class));
				this.converter = started.getBean(AuthenticationConverter.class);
			}
			else {
				authentications.setJwtAuthenticationConverter(started.getBean(JwtAuthenticationConverter.class));
				this.converter = new BearerTokenAuthenticationConverter();
			}
			this.provider = authentications;
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

	/**
	 * Spring Security's whole filter.
	 */
	@State(Scope.Benchmark)
	public static class Chain {

		/** How the API is secured. */
		@Param({ "PERMIT", "STOCK", "OURS", "OURS_IN_ALL_FILTERS" })
		private BenchmarkedApi.Mode mode = BenchmarkedApi.Mode.OURS;

		/** Whether there are metrics and observations. */
		@Param({ "false", "true" })
		private boolean monitored;

		private Filter filters = (request, response, chain) -> chain.doFilter(request, response);

		private @Nullable ServletContext servletContext;

		private @Nullable ConfigurableApplicationContext context;

		/**
		 * Start the application, and verify that it decides as expected.
		 * @param requests the requests
		 * @throws ServletException never
		 * @throws IOException never
		 */
		@Setup
		public void start(Requests requests) throws ServletException, IOException {
			ConfigurableApplicationContext started = BenchmarkedApi.start(this.mode, this.monitored);
			this.context = started;
			this.servletContext = ((WebApplicationContext) started).getServletContext();
			this.filters = started.getBean("springSecurityFilterChain", Filter.class);
			boolean accepts = pass(requests.next(this.servletContext)).getStatus() == 200;
			boolean refuses = pass(new MockHttpServletRequest(this.servletContext, "GET", "/x")).getStatus() == 401;
			if (!accepts || refuses == (this.mode == BenchmarkedApi.Mode.PERMIT)) {
				throw new IllegalStateException("The chain does not decide as it should");
			}
			if (isMonitored(started) != this.monitored) {
				throw new IllegalStateException("There are meters and observations, or there are none");
			}
		}

		private static boolean isMonitored(ConfigurableApplicationContext context) {
			ObservationRegistry observations = context.getBeanProvider(ObservationRegistry.class).getIfAvailable();
			MeterRegistry meters = context.getBeanProvider(MeterRegistry.class).getIfAvailable();
			return observations != null && !observations.isNoop() && meters != null;
		}

		MockHttpServletResponse pass(MockHttpServletRequest request) throws ServletException, IOException {
			MockHttpServletResponse response = new MockHttpServletResponse();
			this.filters.doFilter(request, response, new MockFilterChain());
			return response;
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
