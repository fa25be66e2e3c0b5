package dev.authstarter.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * Mixed load over HTTP for some minutes, while the issuer rotates its keys every 20
 * seconds and goes down for 10 seconds in every 70. Every answer is held against what it
 * has to be; each minute the heap is measured. Ends with a status of its own if any
 * answer was wrong.
 */
public final class SoakRun {

	private static final int CLIENTS = 4;

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String GLOBEX = "/organizations/org_globex/appointments";

	private final TestIssuer issuer = TestIssuer.start();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

	private final List<String> wrong = new ArrayList<>();

	private volatile Keys keys = Keys.of(this.issuer, null);

	private final List<Future<?>> ticking = new ArrayList<>();

	private volatile boolean down;

	private SoakRun() {
	}

	/**
	 * Run.
	 * @param arguments the number of minutes, 10 if it is absent
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		long minutes = (arguments.length > 0) ? Long.parseLong(arguments[0]) : 10;
		System.exit(new SoakRun().run(Duration.ofMinutes(minutes)) ? 0 : 1);
	}

	private boolean run(Duration duration) throws Exception {
		// So that there is a removed key from the start.
		rotate();
		ScheduledExecutorService executor = Executors.newScheduledThreadPool(CLIENTS + 2);
		try (ConfigurableApplicationContext api = new SpringApplicationBuilder(Api.class).run("--server.port=0",
				"--server.address=localhost", "--spring.main.banner-mode=off", "--logging.level.root=error",
				"--auth-starter.issuer=" + this.issuer.issuer(),
				"--auth-starter.audience=" + BenchmarkedToken.AUDIENCE)) {
			String origin = "http://localhost:" + api.getEnvironment().getProperty("local.server.port");
			this.ticking.add(every(executor, 20, 20, this::rotate));
			this.ticking.add(every(executor, 44, 70, () -> this.down = true));
			this.ticking.add(every(executor, 45, 70, this.issuer::down));
			this.ticking.add(every(executor, 55, 70, this.issuer::recover));
			// What the rate limit may cost after an outage.
			this.ticking.add(every(executor, 95, 70, () -> this.down = false));
			this.ticking.add(every(executor, 60, 60, this::reportHeap));
			Instant end = Instant.now().plus(duration);
			List<Future<?>> clients = new ArrayList<>();
			CountDownLatch started = new CountDownLatch(CLIENTS);
			for (int i = 0; i < CLIENTS; i++) {
				Random random = new Random(i);
				clients.add(executor.submit(() -> {
					started.countDown();
					while (Instant.now().isBefore(end)) {
						call(origin, random);
					}
					return null;
				}));
			}
			started.await();
			for (Future<?> client : clients) {
				client.get();
			}
		}
		finally {
			executor.shutdownNow();
			this.issuer.close();
		}
		System.out.println("answers " + new TreeMap<>(this.answers));
		System.out.println("wrong " + this.wrong.size() + " " + this.wrong.stream().limit(20).toList());
		return this.wrong.isEmpty();
	}

	private static Future<?> every(ScheduledExecutorService executor, long first, long period, Runnable task) {
		return executor.scheduleAtFixedRate(task, first, period, TimeUnit.SECONDS);
	}

	private void rotate() {
		this.issuer.rotateKeys();
		this.keys = Keys.of(this.issuer, this.keys);
		this.issuer.removeOldKeys();
	}

	private void call(String origin, Random random) throws IOException, InterruptedException {
		Keys now = this.keys;
		boolean wasDown = this.down;
		Instant sentAt = Instant.now();
		Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
		HttpRequest request = HttpRequest.newBuilder(URI.create(origin + kind.path))
			.timeout(Duration.ofSeconds(10))
			.header("Authorization", "Bearer " + now.token(kind, random))
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		String answer = answer(response);
		this.answers.computeIfAbsent(kind + " " + answer, (key) -> new AtomicLong()).incrementAndGet();
		boolean settled = now.isKnown() && !wasDown && !this.down;
		if (!kind.expected(now, settled).contains(answer)) {
			synchronized (this.wrong) {
				this.wrong.add(kind + ": " + answer + (settled ? "" : ", unsettled") + " at " + sentAt);
			}
		}
		if (kind == Kind.VALID && answer.equals("200")) {
			now.accepted = true;
		}
	}

	private static String answer(HttpResponse<String> response) {
		String body = response.body();
		int reason = body.indexOf("\"reason\":\"");
		return (response.statusCode() == 200 || reason < 0) ? String.valueOf(response.statusCode())
				: response.statusCode() + " " + body.substring(reason + 10, body.indexOf('"', reason + 10));
	}

	private void reportHeap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		System.out.println("heap " + (runtime.totalMemory() - runtime.freeMemory()) / 1024 / 1024 + " MB, "
				+ this.answers.values().stream().mapToLong(AtomicLong::get).sum() + " answers, " + this.wrong.size()
				+ " wrong");
	}

	/**
	 * What is sent, and what has to come back.
	 */
	private enum Kind {

		/** Signed with the issuer's present key. */
		VALID(ACME, "200"),

		/** The same caller in another organization. */
		FOREIGN(GLOBEX, "403 organization_mismatch"),

		/** Without the scope. */
		SCOPELESS(ACME, "403 insufficient_scope"),

		/** Expired. */
		EXPIRED(ACME, "401 token_expired"),

		/** For another API. */
		MISDIRECTED(ACME, "401 wrong_audience"),

		/** Another signature under the present key. */
		TAMPERED(ACME, "401 bad_signature"),

		/** Signed with the key that the issuer removed last. */
		REMOVED(ACME, "401 unknown_key");

		private final String path;

		private final String answer;

		Kind(String path, String answer) {
			this.path = path;
			this.answer = answer;
		}

		/**
		 * While the API cannot know the present key yet, it may say so; it must never let
		 * pass what it should refuse, save for the removed key until it hears of that.
		 */
		Set<String> expected(Keys keys, boolean settled) {
			if (this == EXPIRED || this == MISDIRECTED) {
				return Set.of(this.answer);
			}
			if (this == REMOVED) {
				return (settled && keys.accepted) ? Set.of(this.answer)
						: Set.of(this.answer, "200", "503 keys_unavailable");
			}
			return (settled || keys.accepted) ? Set.of(this.answer)
					: Set.of(this.answer, "401 unknown_key", "503 keys_unavailable");
		}

	}

	/**
	 * Tokens of one key, and of the one before it.
	 */
	private static final class Keys {

		private static final int CALLERS = 200;

		private final Map<Kind, List<String>> tokens;

		private final Instant since = Instant.now();

		private volatile boolean accepted;

		private Keys(Map<Kind, List<String>> tokens) {
			this.tokens = tokens;
		}

		static Keys of(TestIssuer issuer, @Nullable Keys previous) {
			List<String> valid = new ArrayList<>();
			for (int i = 0; i < CALLERS; i++) {
				valid.add(issuer.accessToken(BenchmarkedToken.AUDIENCE, claims("user-" + i, "read:a")));
			}
			List<String> tampered = valid.stream().map(Keys::tampered).toList();
			Map<String, Object> expired = new TreeMap<>(claims("user", "read:a"));
			expired.put("iat", Instant.now().getEpochSecond() - 600);
			expired.put("exp", Instant.now().getEpochSecond() - 300);
			return new Keys(Map.of(Kind.VALID, valid, Kind.FOREIGN, valid, Kind.SCOPELESS,
					List.of(issuer.accessToken(BenchmarkedToken.AUDIENCE, claims("user", "read:b"))), Kind.EXPIRED,
					List.of(issuer.accessToken(BenchmarkedToken.AUDIENCE, expired)), Kind.MISDIRECTED,
					List.of(issuer.accessToken("https://other.example", claims("user", "read:a"))), Kind.TAMPERED,
					tampered, Kind.REMOVED, (previous != null) ? previous.tokens.get(Kind.VALID) : tampered));
		}

		private static Map<String, Object> claims(String subject, String scope) {
			return Map.of("sub", subject, "scope", scope, "org_id", "org_acme", "roles", List.of("editor"));
		}

		/** Another signature of the same length. */
		private static String tampered(String token) {
			int index = token.lastIndexOf('.') + 20;
			return token.substring(0, index) + ((token.charAt(index) != 'A') ? 'A' : 'B') + token.substring(index + 1);
		}

		/** An unknown key is looked for at once, and twice in half a minute at most. */
		boolean isKnown() {
			return Instant.now().isAfter(this.since.plusSeconds(6));
		}

		String token(Kind kind, Random random) {
			List<String> choice = this.tokens.getOrDefault(kind, List.of());
			return choice.get(random.nextInt(choice.size()));
		}

	}

	/**
	 * The API under test.
	 */
	@EnableAutoConfiguration
	@Import(BenchmarkedApi.Appointments.class)
	static class Api {

	}

}
