package dev.authstarter.benchmarks.jmh;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import dev.authstarter.AccessToken;
import dev.authstarter.Refusal;
import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerGuard;
import dev.authstarter.authentication.AccessTokenReader;
import dev.authstarter.authentication.CallerAuthentications;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.servlet.handler.ServletHandlerCall;
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
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The decision about one request, for a handler with a scope, a role and an organization:
 * the guards between dispatch and binding.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecisionBenchmark {

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable AccessToken caller;

	private HandlerGuard[] guards = {};

	private Object handler = "";

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET",
			"/organizations/org_acme/appointments");

	/**
	 * Start the application and authenticate the caller.
	 * @throws Exception never
	 */
	@Setup
	public void start() throws Exception {
		ConfigurableApplicationContext started = BenchmarkedApi.start(BenchmarkedApi.Mode.OURS, false);
		this.context = started;
		Authentication authentication = started.getBean(CallerAuthentications.class)
			.convert(started.getBean(JwtDecoder.class).decode(BenchmarkedToken.valid().value()));
		SecurityContextHolder.getContext().setAuthentication(authentication);
		this.caller = started.getBean(AccessTokenReader.class).read(authentication);
		List<HandlerGuard> ordered = started.getBeanProvider(HandlerGuard.class).orderedStream().toList();
		this.guards = ordered.toArray(HandlerGuard[]::new);
		this.handler = Objects
			.requireNonNull(started.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
				.getHandler(this.request))
			.getHandler();
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE,
				Map.of("organizationId", "org_acme"));
		if (this.guards.length != 2 || decide() != null) {
			throw new IllegalStateException("The caller was refused");
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
	 * Decide on organization and rule.
	 * @return why the caller is refused, {@code null}
	 */
	@Benchmark
	public @Nullable Refusal decide() {
		HandlerCall call = new ServletHandlerCall(this.handler, this.request);
		for (HandlerGuard guard : this.guards) {
			Refusal refusal = guard.refuse(call, this.caller);
			if (refusal != null) {
				return refusal;
			}
		}
		return null;
	}

	/**
	 * Decide on the rule alone.
	 * @return why the caller is refused, {@code null}
	 */
	@Benchmark
	public @Nullable Refusal decideOnRule() {
		return this.guards[this.guards.length - 1].refuse(new ServletHandlerCall(this.handler, this.request),
				this.caller);
	}

}
