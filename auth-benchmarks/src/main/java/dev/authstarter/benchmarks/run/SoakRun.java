package dev.authstarter.benchmarks.run;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.authstarter.AccessToken;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.BenchmarkedToken;
import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Mixed load over HTTP for some minutes, while the issuer rotates its keys every 20
 * seconds and is down for 10 seconds in every 70. Every response is compared with the
 * expected one, including the caller that it names. The heap is measured repeatedly and
 * must not grow. The exit status is 1 if any of that fails.
 */
public final class SoakRun {

	private static final int CLIENTS = 4;

	private static final String ACME = "/organizations/org_acme/caller";

	private static final String GLOBEX = "/organizations/org_globex/caller";

	/** Small enough to be full before the first measurement of the heap. */
	private static final String CACHE_SIZE = "1MB";

	private static final int HEAP_MEASUREMENTS = 10;

	/** The allowed growth of the heap, which is measured under load. */
	private static final double HEAP_TOLERANCE = 1.2;

	private final TestIssuer issuer = TestIssuer.start();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

	private final Map<Kind, Long> certain = new ConcurrentHashMap<>();

	private final List<String> wrong = new ArrayList<>();

	private final List<Future<?>> ticking = new ArrayList<>();

	private final List<Long> heaps = new ArrayList<>();

	private final Queue<Double> waits = new ConcurrentLinkedQueue<>();

	private int rotations;

	private volatile Keys keys = Keys.of(this.issuer, null);

	private SoakRun() {
	}

	/**
	 * Run.
	 * @param arguments the number of seconds, 600 if it is absent
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		long seconds = (arguments.length > 0) ? Long.parseLong(arguments[0]) : 600;
		System.exit(new SoakRun().run(Duration.ofSeconds(seconds)) ? 0 : 1);
	}

	private boolean run(Duration duration) throws Exception {
		// So that there is a removed key from the first request on.
		rotate();
		ScheduledExecutorService executor = Executors.newScheduledThreadPool(CLIENTS + 2);
		try (ConfigurableApplicationContext api = BenchmarkedApi.start(this.issuer, Api.class,
				"--auth-starter.cache.maximum-size=" + CACHE_SIZE)) {
			String origin = "http://localhost:" + api.getEnvironment().getProperty("local.server.port");
			this.ticking.add(every(executor, Duration.ofSeconds(20), Duration.ofSeconds(20), this::rotate));
			this.ticking.add(every(executor, Duration.ofSeconds(45), Duration.ofSeconds(70), this.issuer::down));
			this.ticking.add(every(executor, Duration.ofSeconds(55), Duration.ofSeconds(70), this.issuer::recover));
			Duration pause = duration.dividedBy(HEAP_MEASUREMENTS);
			this.ticking.add(every(executor, pause, pause, this::measureHeap));
			Instant end = Instant.now().plus(duration);
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				Random random = new Random(i);
				clients.add(executor.submit(() -> {
					while (Instant.now().isBefore(end)) {
						call(origin, random);
					}
					return null;
				}));
			}
			for (Future<?> client : clients) {
				client.get();
			}
			requireTicking();
		}
		finally {
			executor.shutdownNow();
			this.issuer.close();
		}
		return report();
	}

	private static Future<?> every(ScheduledExecutorService executor, Duration first, Duration period, Runnable task) {
		return executor.scheduleAtFixedRate(task, first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** A scheduled task that has failed does not run again. */
	private void requireTicking() throws InterruptedException, ExecutionException {
		for (Future<?> task : this.ticking) {
			if (task.isDone()) {
				task.get();
			}
		}
	}

	private void rotate() {
		this.issuer.rotateKeys();
		Keys next = Keys.of(this.issuer, this.keys);
		this.keys = next;
		this.rotations++;
		this.issuer.removeOldKeys();
		// Fetches until now may still have returned the old key.
		next.fetchesAtRemoval = this.issuer.fetches();
	}

	private void call(String origin, Random random) throws IOException, InterruptedException {
		Keys now = this.keys;
		// Half of the load is valid.
		Kind kind = random.nextBoolean() ? Kind.VALID : Kind.values()[random.nextInt(Kind.values().length)];
		int caller = random.nextInt(Keys.CALLERS);
		// Determined by the state before the request is sent.
		boolean certain = kind.isCertain(now, this.issuer);
		Instant sentAt = Instant.now();
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + kind.path))
			.timeout(Duration.ofSeconds(10));
		if (kind != Kind.MISSING) {
			request.header("Authorization", "Bearer " + now.token(kind, caller));
		}
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		String answer = Answer.of(response.statusCode(), response.body());
		this.answers.computeIfAbsent(kind + " " + answer, (key) -> new AtomicLong()).incrementAndGet();
		if (certain) {
			this.certain.merge(kind, 1L, Long::sum);
		}
		boolean expected = answer.equals(kind.answer) || (!certain && kind.mayBeAnswered(answer));
		boolean rightCaller = !answer.equals("200") || response.body().equals(Keys.subject(caller));
		if (!expected || !rightCaller) {
			synchronized (this.wrong) {
				this.wrong.add(kind + ": " + answer + (rightCaller ? "" : ", of another caller")
						+ (certain ? "" : ", uncertain") + " at " + sentAt);
			}
		}
		if (kind == Kind.VALID && answer.equals("200") && !now.accepted) {
			now.accepted = true;
			this.waits.add((double) Duration.between(now.since, Instant.now()).toMillis() / 1_000);
		}
	}

	private void measureHeap() {
		this.heaps.add(Resources.heap());
		System.out.printf(Locale.ROOT, "heap %.1f MB, %,d answers, %d wrong%n",
				this.heaps.get(this.heaps.size() - 1) / 1e6,
				this.answers.values().stream().mapToLong(AtomicLong::get).sum(), this.wrong.size());
	}

	private boolean report() {
		System.out.println("\n| sent | answers | of which only one was right |\n| --- | --- | --- |");
		boolean allKinds = true;
		for (Kind kind : Kind.values()) {
			Map<String, Long> counts = new TreeMap<>();
			this.answers.forEach((answer, count) -> {
				if (answer.startsWith(kind + " ")) {
					counts.put(answer.substring(kind.name().length() + 1), count.get());
				}
			});
			long certain = this.certain.getOrDefault(kind, 0L);
			allKinds &= certain > 0;
			System.out.printf(Locale.ROOT, "| %s | %s | %,d |%n", kind, counts, certain);
		}
		// At the first measurement, code is still being compiled.
		List<Long> settled = this.heaps.subList(Math.min(1, this.heaps.size()), this.heaps.size());
		boolean flat = settled.size() > 1 && settled.get(settled.size() - 1) < settled.get(0) * HEAP_TOLERANCE;
		System.out.println("\nrotations: " + this.rotations + ", of which " + this.waits.size()
				+ " were noticed before the next, after so many seconds: " + Spread.of(this.waits).text(1));
		System.out.println("wrong: " + this.wrong.size() + " " + this.wrong.stream().limit(20).toList());
		System.out.println("heap flat: " + flat + ", every kind validated: " + allKinds);
		return this.wrong.isEmpty() && flat && allKinds;
	}

	/**
	 * The kinds of requests, and their expected responses.
	 */
	private enum Kind {

		/** Signed with the issuer's present key. */
		VALID(ACME, "200"),

		/** The same caller in another organization. */
		FOREIGN(GLOBEX, "403 organization_mismatch"),

		/** Without the scope. */
		SCOPELESS(ACME, "403 insufficient_scope"),

		/** Without the role. */
		ROLELESS(ACME, "403 insufficient_role"),

		/** Another signature under the present key. */
		TAMPERED(ACME, "401 bad_signature"),

		/** Signed with the key that the issuer removed last. */
		REMOVED(ACME, "401 unknown_key"),

		/** Expired. */
		EXPIRED(ACME, "401 token_expired"),

		/** For another API. */
		MISDIRECTED(ACME, "401 wrong_audience"),

		/** Not a token at all. */
		GARBAGE(ACME, "401 malformed_token"),

		/** None. */
		MISSING(ACME, "401 missing_token");

		private final String path;

		private final String answer;

		Kind(String path, String answer) {
			this.path = path;
			this.answer = answer;
		}

		/**
		 * Return whether only one response is correct. Until the API has accepted a token
		 * of the present key, it may respond that the key is unknown. A removed key may
		 * be accepted until the API has fetched the keys again.
		 */
		boolean isCertain(Keys keys, TestIssuer issuer) {
			return switch (this) {
				case VALID, FOREIGN, SCOPELESS, ROLELESS, TAMPERED -> keys.accepted;
				case REMOVED -> keys.accepted && keys.removalWasNoticed(issuer);
				case EXPIRED, MISDIRECTED, GARBAGE, MISSING -> true;
			};
		}

		/** Only the removed key may also be accepted while the result is not certain. */
		boolean mayBeAnswered(String answer) {
			return answer.equals("401 unknown_key") || answer.equals("503 keys_unavailable")
					|| (this == REMOVED && answer.equals("200"));
		}

	}

	/**
	 * Tokens of one key, and of the one before it.
	 */
	private static final class Keys {

		private static final int CALLERS = 200;

		/** The time from a fetch to the last request that used the keys before it. */
		private static final Duration GRACE = Duration.ofSeconds(2);

		private final Map<Kind, List<String>> tokens;

		private final Instant since = Instant.now();

		private volatile boolean accepted;

		private volatile int fetchesAtRemoval = Integer.MAX_VALUE;

		private volatile @Nullable Instant noticedAt;

		private Keys(Map<Kind, List<String>> tokens) {
			this.tokens = tokens;
		}

		static Keys of(TestIssuer issuer, @Nullable Keys previous) {
			List<String> valid = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				valid.add(issuer.accessToken(BenchmarkedToken.AUDIENCE, claims(subject(i), "read:a", "editor")));
			}
			List<String> tampered = valid.stream().map(Keys::tampered).toList();
			Map<String, Object> expired = new TreeMap<>(claims("user", "read:a", "editor"));
			expired.put("iat", Instant.now().getEpochSecond() - 600);
			expired.put("exp", Instant.now().getEpochSecond() - 300);
			Map<Kind, List<String>> tokens = new EnumMap<>(Kind.class);
			tokens.put(Kind.VALID, valid);
			tokens.put(Kind.FOREIGN, valid);
			tokens.put(Kind.SCOPELESS,
					List.of(issuer.accessToken(BenchmarkedToken.AUDIENCE, claims("user", "read:b", "editor"))));
			tokens.put(Kind.ROLELESS,
					List.of(issuer.accessToken(BenchmarkedToken.AUDIENCE, claims("user", "read:a", "viewer"))));
			tokens.put(Kind.TAMPERED, tampered);
			tokens.put(Kind.REMOVED, (previous != null) ? previous.all(Kind.VALID) : tampered);
			tokens.put(Kind.EXPIRED, List.of(issuer.accessToken(BenchmarkedToken.AUDIENCE, expired)));
			tokens.put(Kind.MISDIRECTED,
					List.of(issuer.accessToken("https://other.example", claims("user", "read:a", "editor"))));
			tokens.put(Kind.GARBAGE, List.of("not-a-token"));
			return new Keys(tokens);
		}

		static String subject(int caller) {
			return "user-" + caller;
		}

		private static Map<String, Object> claims(String subject, String scope, String role) {
			return Map.of("sub", subject, "scope", scope, "org_id", "org_acme", "roles", List.of(role));
		}

		/** Another signature of the same length. */
		private static String tampered(String token) {
			int index = token.lastIndexOf('.') + 20;
			return token.substring(0, index) + ((token.charAt(index) != 'A') ? 'A' : 'B') + token.substring(index + 1);
		}

		/**
		 * Return whether the API has fetched the keys some time ago, after the old key
		 * was removed.
		 */
		boolean removalWasNoticed(TestIssuer issuer) {
			Instant noticed = this.noticedAt;
			if (noticed == null && issuer.fetches() > this.fetchesAtRemoval) {
				this.noticedAt = Instant.now();
			}
			return noticed != null && Instant.now().isAfter(noticed.plus(GRACE));
		}

		String token(Kind kind, int caller) {
			List<String> choice = all(kind);
			return choice.get(caller % choice.size());
		}

		private List<String> all(Kind kind) {
			return this.tokens.getOrDefault(kind, List.of());
		}

	}

	/**
	 * The API under test, which returns the subject of its caller.
	 */
	@RestController
	static class Callers {

		@GetMapping(path = "/organizations/{organizationId}/caller", produces = "text/plain")
		@RequiresScope("read:a")
		@RequiresRole("editor")
		String caller(AccessToken caller) {
			return caller.subject();
		}

	}

	/**
	 * The API under test.
	 */
	@EnableAutoConfiguration
	@Import(Callers.class)
	static class Api {

	}

}
