package dev.authstarter.benchmarks.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.test.issuer.TestIssuer;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import org.aopalliance.intercept.MethodInterceptor;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.WebApplicationContext;

/**
 * Measures many simultaneous requests: with one new token, after a rotation of keys, and
 * with unknown keys. The requests pass the whole filter chain, on virtual threads if Java
 * has them, and pinned threads are recorded.
 */
public final class BurstRun {

	private static final int REQUESTS = 10_000;

	private static final int FLOODING = 64;

	private static final int KNOWN = 4;

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final Duration FETCH = Duration.ofMillis(200);

	private static final Counted LOOK_UPS = new Counted();

	private final TestIssuer issuer;

	private final Filter filters;

	private final ServletContext servletContext;

	private BurstRun(TestIssuer issuer, ConfigurableApplicationContext api) {
		this.issuer = issuer;
		this.filters = api.getBean("springSecurityFilterChain", Filter.class);
		this.servletContext = Objects.requireNonNull(((WebApplicationContext) api).getServletContext());
	}

	/**
	 * Run.
	 * @param arguments the number of seconds of the flood, 35 if it is absent
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		Duration flood = Duration.ofSeconds((arguments.length > 0) ? Long.parseLong(arguments[0]) : 35);
		try (TestIssuer issuer = TestIssuer.start();
				ConfigurableApplicationContext api = BenchmarkedApi.start(issuer, Api.class);
				Pinning pinning = Pinning.record()) {
			BurstRun run = new BurstRun(issuer, api);
			System.out.println("threads: " + Threads.kind());
			System.out.println("\n| at once | keys looked for | fetches | longest, ms | answers |");
			System.out.println("| --- | --- | --- | --- | --- |");
			run.burst("10,000 requests, one known token", run.known());
			run.burst("10,000 requests, one new token", issuer.accessToken(BenchmarkedToken.AUDIENCE, claims()));
			issuer.slow(FETCH);
			issuer.rotateKeys();
			String rotated = issuer.accessToken(BenchmarkedToken.AUDIENCE, claims());
			run.burst("10,000 requests, one new token, key rotated, fetch takes 200 ms", rotated);
			run.burst("the same once more", rotated);
			run.flood(flood);
			System.out
				.println("\npinned virtual threads: " + (Threads.areVirtual() ? pinning.stop() : "there are none"));
		}
		// Threads of the flood must not keep the process running.
		System.exit(0);
	}

	private static Map<String, Object> claims() {
		return Map.of("scope", "read:a", "org_id", "org_acme", "roles", List.of("editor"), "jti",
				UUID.randomUUID().toString());
	}

	/** Return a token that was verified before, after the code is compiled. */
	private String known() throws ServletException, IOException {
		String token = this.issuer.accessToken(BenchmarkedToken.AUDIENCE, claims());
		for (int i = 0; i < REQUESTS; i++) {
			requireAccepted(answer(token));
		}
		return token;
	}

	private static void requireAccepted(String answer) {
		if (!answer.equals("200")) {
			throw new IllegalStateException("A good token was answered with " + answer);
		}
	}

	private void burst(String what, String token) throws InterruptedException, ExecutionException {
		LOOK_UPS.reset();
		this.issuer.resetCounters();
		Answers answers = new Answers();
		CountDownLatch waiting = new CountDownLatch(Math.min(REQUESTS, Threads.atOnce()));
		CountDownLatch go = new CountDownLatch(1);
		ExecutorService threads = Threads.start();
		try {
			List<Future<?>> requests = new ArrayList<>();
			for (int i = 0; i < REQUESTS; i++) {
				requests.add(threads.submit(() -> {
					waiting.countDown();
					go.await();
					answers.add(() -> answer(token));
					return null;
				}));
			}
			waiting.await();
			go.countDown();
			for (Future<?> request : requests) {
				request.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		System.out.printf(Locale.ROOT, "| %s | %,d | %d | %.0f | %s |%n", what, LOOK_UPS.get(), this.issuer.fetches(),
				answers.longest(), answers);
	}

	/**
	 * Send tokens with a different unknown key each, while other clients send known
	 * tokens.
	 */
	private void flood(Duration duration) throws InterruptedException, ExecutionException {
		String good = this.issuer.accessToken(BenchmarkedToken.AUDIENCE, claims());
		this.issuer.resetCounters();
		Answers unknown = new Answers();
		Answers known = new Answers();
		AtomicBoolean going = new AtomicBoolean(true);
		ExecutorService threads = Threads.start();
		List<Long> fetches = new ArrayList<>();
		try {
			List<Future<?>> callers = new ArrayList<>();
			for (int i = 0; i < FLOODING; i++) {
				callers.add(threads.submit(() -> repeat(going, unknown, () -> answer(withUnknownKey(good)))));
			}
			for (int i = 0; i < KNOWN; i++) {
				callers.add(threads.submit(() -> repeat(going, known, () -> answer(good))));
			}
			long end = System.nanoTime() + duration.toNanos();
			while (System.nanoTime() < end) {
				Thread.sleep(20);
				while (fetches.size() < this.issuer.fetches()) {
					fetches.add(System.nanoTime());
				}
			}
			going.set(false);
			for (Future<?> caller : callers) {
				caller.get();
			}
		}
		finally {
			going.set(false);
			threads.shutdownNow();
		}
		System.out.printf("%n| flood of %d s, fetch takes 200 ms | longest, ms | answers |%n| --- | --- | --- |%n",
				duration.toSeconds());
		System.out.printf(Locale.ROOT, "| %d clients, keys that no issuer has | %.0f | %s |%n", FLOODING,
				unknown.longest(), unknown);
		System.out.printf(Locale.ROOT, "| %d clients, a known token | %.0f | %s |%n", KNOWN, known.longest(), known);
		System.out.println("\nfetches: " + fetches.size() + ", at most " + mostWithin(fetches, WINDOW) + " within "
				+ WINDOW.toSeconds() + " s");
	}

	/**
	 * A virtual thread that never waits would block its carrier thread for the others.
	 */
	private static Object repeat(AtomicBoolean going, Answers answers, Request request)
			throws ServletException, IOException, InterruptedException {
		while (going.get()) {
			answers.add(request);
			Thread.sleep(1);
		}
		return answers;
	}

	private static long mostWithin(List<Long> times, Duration window) {
		return times.stream()
			.mapToLong((first) -> times.stream()
				.filter((time) -> time >= first && time - first <= window.toNanos())
				.count())
			.max()
			.orElse(0);
	}

	/**
	 * The signature need not be valid: an unknown key is refused before it is verified.
	 */
	private static String withUnknownKey(String token) {
		String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"" + UUID.randomUUID() + "\"}";
		return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
				+ token.substring(token.indexOf('.'));
	}

	private String answer(String token) throws ServletException, IOException {
		MockHttpServletRequest request = new MockHttpServletRequest(this.servletContext, "GET",
				"/organizations/org_acme/appointments");
		request.addHeader("Authorization", "Bearer " + token);
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filters.doFilter(request, response, new MockFilterChain());
		return Answer.of(response.getStatus(), response.getContentAsString());
	}

	/**
	 * One request.
	 */
	@FunctionalInterface
	private interface Request {

		String send() throws ServletException, IOException;

	}

	/**
	 * The number of each response, and the longest time of one.
	 */
	private static final class Answers {

		private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

		private final AtomicLong longest = new AtomicLong();

		void add(Request request) throws ServletException, IOException {
			long start = System.nanoTime();
			String answer = request.send();
			this.longest.accumulateAndGet(System.nanoTime() - start, Math::max);
			this.counts.computeIfAbsent(answer, (key) -> new AtomicLong()).incrementAndGet();
		}

		double longest() {
			return this.longest.get() / 1e6;
		}

		@Override
		public String toString() {
			return new TreeMap<>(this.counts).toString();
		}

	}

	/**
	 * Counts how often a key is looked up that the known keys do not contain.
	 */
	private static final class Counted {

		private final AtomicLong count = new AtomicLong();

		Object around(Object keys) {
			ProxyFactory proxies = new ProxyFactory(keys);
			proxies.addAdvice((MethodInterceptor) (call) -> {
				Object result = call.proceed();
				return (result instanceof IssuerKeys ofIssuer) ? counting(ofIssuer) : result;
			});
			return proxies.getProxy();
		}

		private IssuerKeys counting(IssuerKeys keys) {
			return new IssuerKeys() {

				@Override
				public KeyLookup current() {
					return keys.current();
				}

				@Override
				public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
					Counted.this.count.incrementAndGet();
					return keys.seek(header, tried, known);
				}

			};
		}

		void reset() {
			this.count.set(0);
		}

		long get() {
			return this.count.get();
		}

	}

	/**
	 * The API under test, with the keys that its issuer publishes.
	 */
	@EnableAutoConfiguration
	@Import(BenchmarkedApi.Appointments.class)
	static class Api {

		@Bean
		static BeanPostProcessor countLookUps() {
			return new BeanPostProcessor() {

				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof TrustedKeys keys) ? LOOK_UPS.around(keys) : bean;
				}

			};
		}

	}

}
