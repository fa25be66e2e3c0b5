package dev.authstarter.benchmarks.run;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * Measures how much a client with a known token is slowed down by others: by tokens with
 * unknown keys while the issuer does not answer, and by a flood of tokens with wrong
 * ES256 signatures. Both servers, over HTTP.
 */
public final class IsolationRun {

	private static final Duration WARM_UP = Duration.ofSeconds(60);

	private static final Duration CALM = Duration.ofSeconds(10);

	private static final Duration FLOOD = Duration.ofSeconds(15);

	private static final int UNKNOWN_KEYS = 80;

	private static final int FLOODING_AT_ONCE = 256;

	private static final SecureRandom RANDOM = new SecureRandom();

	private final TestIssuer issuer;

	private final HttpClient client;

	private final URI appointments;

	private final String known;

	private IsolationRun(TestIssuer issuer, HttpClient client, String port) {
		this.issuer = issuer;
		this.client = client;
		this.appointments = URI.create("http://localhost:" + port + "/organizations/org_acme/appointments");
		this.known = issuer.accessToken(BenchmarkedToken.AUDIENCE, claims());
	}

	/**
	 * Run.
	 * @param arguments the number of flooding tokens a second, 2000 if it is absent
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		int rate = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 2000;
		System.out.println("| | known token: requests | p50, ms | p99, ms | slowest, ms | others: answers "
				+ "| slowest, ms | threads |");
		System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
		run("Spring MVC", rate);
		run("WebFlux", rate, BenchmarkedApi.ON_WEBFLUX);
		// The threads of the clients must not keep the process running.
		System.exit(0);
	}

	private static void run(String stack, int rate, String... options) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try (TestIssuer issuer = TestIssuer.start()) {
			String key = issuer.addKey("ES256");
			try (ConfigurableApplicationContext api = BenchmarkedApi.start(issuer, Api.class, options)) {
				HttpClient client = HttpClient.newBuilder().executor(threads).build();
				IsolationRun run = new IsolationRun(issuer, client,
						api.getEnvironment().getRequiredProperty("local.server.port"));
				run.measure(during(WARM_UP));
				run.row(stack + ", calm", run.measure(during(CALM)), null);
				run.hung(stack);
				run.flood(stack, rate, key);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Map<String, Object> claims() {
		return Map.of("scope", "read:a", "org_id", "org_acme", "roles", List.of("editor"), "jti",
				UUID.randomUUID().toString());
	}

	private static BooleanSupplier during(Duration duration) {
		long end = System.nanoTime() + duration.toNanos();
		return () -> System.nanoTime() < end;
	}

	/**
	 * Simultaneous tokens with a different unknown key each, while the issuer accepts
	 * connections and does not answer.
	 */
	private void hung(String stack) throws Exception {
		this.issuer.hang();
		Others others = new Others();
		CompletableFuture<?>[] sent = new CompletableFuture<?>[UNKNOWN_KEYS];
		for (int i = 0; i < sent.length; i++) {
			sent[i] = others.add(withHeader("RS256", UUID.randomUUID().toString(), this.known));
		}
		CompletableFuture<Void> all = CompletableFuture.allOf(sent);
		Known measured = measure(() -> !all.isDone());
		this.issuer.recover();
		row(stack + ", issuer hung, " + UNKNOWN_KEYS + " unknown keys", measured, others);
	}

	/**
	 * Tokens with a known key and a wrong signature, at a constant rate if the API
	 * answers them in time.
	 */
	private void flood(String stack, int rate, String key) throws Exception {
		Others others = new Others();
		Semaphore places = new Semaphore(FLOODING_AT_ONCE);
		BooleanSupplier going = during(FLOOD);
		CompletableFuture<Known> caller = CompletableFuture.supplyAsync(() -> measure(going));
		long interval = TimeUnit.SECONDS.toNanos(1) / rate;
		long next = System.nanoTime();
		List<CompletableFuture<?>> sent = new ArrayList<>();
		while (going.getAsBoolean()) {
			places.acquire();
			sent.add(others.add(forged(key)).whenComplete((answer, failure) -> places.release()));
			next = Math.max(next + interval, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(50));
			TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
		}
		Known measured = caller.join();
		CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
		row(stack + ", " + sent.size() / FLOOD.toSeconds() + " forged ES256 tokens a second", measured, others);
	}

	private String forged(String key) {
		byte[] signature = new byte[64];
		RANDOM.nextBytes(signature);
		String signed = withHeader("ES256", key, this.known);
		return signed.substring(0, signed.lastIndexOf('.') + 1)
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
	}

	private static String withHeader(String algorithm, String key, String token) {
		String header = "{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + key + "\"}";
		return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
				+ token.substring(token.indexOf('.'));
	}

	/** Send the known token, one request after another. */
	private Known measure(BooleanSupplier going) {
		List<Double> times = new ArrayList<>();
		int threads = 0;
		while (going.getAsBoolean()) {
			long start = System.nanoTime();
			HttpResponse<String> response = send(this.known).join();
			times.add((System.nanoTime() - start) / 1e6);
			threads = Math.max(threads, ManagementFactory.getThreadMXBean().getThreadCount());
			if (response.statusCode() != 200) {
				throw new IllegalStateException("The known token was answered with " + response.statusCode());
			}
		}
		return new Known(times.stream().sorted().toList(), threads);
	}

	private CompletableFuture<HttpResponse<String>> send(String token) {
		HttpRequest request = HttpRequest.newBuilder(this.appointments)
			.timeout(Duration.ofSeconds(60))
			.header("Authorization", "Bearer " + token)
			.build();
		return this.client.sendAsync(request, BodyHandlers.ofString());
	}

	private void row(String what, Known known, @Nullable Others others) {
		System.out.printf(Locale.ROOT, "| %s | %d | %.1f | %.1f | %.1f | %s | %s | %d |%n", what, known.times().size(),
				known.quantile(0.5), known.quantile(0.99), known.quantile(1), (others != null) ? others : "",
				(others != null) ? others.slowest() : "", known.threads());
	}

	/**
	 * The requests with the known token.
	 *
	 * @param times the duration of each in milliseconds, ascending
	 * @param threads the largest number of threads of the process
	 */
	private record Known(List<Double> times, int threads) {

		double quantile(double share) {
			return this.times.get((int) Math.min(this.times.size() - 1L, Math.round(share * this.times.size())));
		}

	}

	/**
	 * The responses to the other clients.
	 */
	private final class Others {

		private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

		private final AtomicLong slowest = new AtomicLong();

		CompletableFuture<?> add(String token) {
			long start = System.nanoTime();
			return send(token).handle((response, failure) -> {
				this.slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
				String answer = (response != null) ? Answer.of(response.statusCode(), response.body())
						: failure.getClass().getSimpleName();
				return this.counts.computeIfAbsent(answer, (key) -> new AtomicInteger()).incrementAndGet();
			});
		}

		String slowest() {
			return String.valueOf(TimeUnit.NANOSECONDS.toMillis(this.slowest.get()));
		}

		@Override
		public String toString() {
			return new TreeMap<>(this.counts).toString();
		}

	}

	/**
	 * The API under test, with the keys that its issuer publishes.
	 */
	@EnableAutoConfiguration
	@Import(BenchmarkedApi.Appointments.class)
	static class Api {

	}

}
