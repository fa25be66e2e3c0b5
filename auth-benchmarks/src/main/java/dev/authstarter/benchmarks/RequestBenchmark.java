package dev.authstarter.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.authstarter.claims.CallerAuthentications;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
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
 * A request with a token that was seen before: from the header to the finished
 * authentication, and through the whole filter chain. 64 tokens in rotation, a new
 * {@code String} per operation as a request has it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RequestBenchmark {

	private static final int TOKENS = 64;

	/** How the API is secured. */
	@Param({ "PERMIT", "STOCK", "OURS" })
	private BenchmarkedApi.Mode mode = BenchmarkedApi.Mode.OURS;

	private char[][] headers = {};

	private int next;

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable ServletContext servletContext;

	private Filter filters = (request, response, chain) -> chain.doFilter(request, response);

	private AuthenticationConverter intake = (request) -> null;

	private @Nullable JwtAuthenticationProvider provider;

	/**
	 * Start the application and send every token once.
	 * @throws ServletException never
	 * @throws IOException never
	 */
	@Setup
	public void start() throws ServletException, IOException {
		ConfigurableApplicationContext started = BenchmarkedApi.start(this.mode);
		this.context = started;
		this.servletContext = ((WebApplicationContext) started).getServletContext();
		this.filters = started.getBean("springSecurityFilterChain", Filter.class);
		List<String> tokens = BenchmarkedToken.distinct(TOKENS);
		this.headers = tokens.stream().map((token) -> ("Bearer " + token).toCharArray()).toArray(char[][]::new);
		if (this.mode != BenchmarkedApi.Mode.PERMIT) {
			JwtAuthenticationProvider authentications = new JwtAuthenticationProvider(
					started.getBean(JwtDecoder.class));
			if (this.mode == BenchmarkedApi.Mode.OURS) {
				authentications.setJwtAuthenticationConverter(started.getBean(CallerAuthentications.class));
				this.intake = started.getBean(AuthenticationConverter.class);
			}
			else {
				authentications.setJwtAuthenticationConverter(started.getBean(JwtAuthenticationConverter.class));
				this.intake = new BearerTokenAuthenticationConverter();
			}
			this.provider = authentications;
		}
		if (chain().getStatus() != 200) {
			throw new IllegalStateException("The token was refused");
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

	private MockHttpServletRequest request() {
		this.next = (this.next + 1) % TOKENS;
		MockHttpServletRequest request = new MockHttpServletRequest(this.servletContext, "GET",
				"/organizations/org_acme/appointments");
		request.addHeader("Authorization", new String(this.headers[this.next]));
		return request;
	}

	/**
	 * The request alone, to be taken off the others.
	 * @return the request
	 */
	@Benchmark
	public MockHttpServletRequest requestAlone() {
		return request();
	}

	/**
	 * From the header to the finished authentication.
	 * @return the authentication
	 */
	@Benchmark
	public @Nullable Authentication headerToAuthentication() {
		Authentication bearer = this.intake.convert(request());
		return (bearer != null && this.provider != null) ? this.provider.authenticate(bearer) : null;
	}

	/**
	 * Through the filter chain, up to where Spring MVC would begin.
	 * @return the response
	 * @throws ServletException never
	 * @throws IOException never
	 */
	@Benchmark
	public MockHttpServletResponse chain() throws ServletException, IOException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain end = new MockFilterChain();
		this.filters.doFilter(request(), response, end);
		return response;
	}

}
