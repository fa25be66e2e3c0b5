package dev.authstarter.benchmarks.run;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.authstarter.benchmarks.BenchmarkedApi;
import dev.authstarter.benchmarks.TokenFile;

/**
 * Measures the effect of refused tokens of unauthenticated clients on an API with a small
 * heap: thousands of tokens, each with a different member name, then two bursts of
 * simultaneous requests, while a caller sends a valid token.
 */
public final class FloodRun {

	private static final int FLOOD = 5_000;

	private static final int BURST = 200;

	private static final int AT_ONCE = 16;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String NAME = "x".repeat(5_790);

	private final HttpClient client;

	private final URI appointments;

	private final AtomicInteger sent = new AtomicInteger();

	private final Map<String, AtomicInteger> answers = new TreeMap<>();

	private final AtomicLong slowestGood = new AtomicLong();

	private FloodRun(int port, HttpClient client) {
		this.client = client;
		this.appointments = URI.create("http://localhost:" + port + "/organizations/org_acme/appointments");
	}

	/**
	 * Run.
	 * @param arguments none
	 * @throws Exception if the run itself fails
	 */
	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createTempDirectory("flood");
		TokenFile.prepare(folder, 1);
		String good = TokenFile.open(folder).token(0);
		int port = freePort();
		Process api = start(folder, port);
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			HttpClient client = HttpClient.newBuilder().executor(threads).connectTimeout(TIMEOUT).build();
			FloodRun run = new FloodRun(port, client);
			run.awaitStart(good, api);
			System.out.println("| | answers | slowest good request, ms | live heap, MB |");
			System.out.println("| --- | --- | --- | --- |");
			run.row("before", api, () -> run.good(good, 200));
			run.row(FLOOD + " refused tokens, " + AT_ONCE + " at once", api, () -> run.flood(FLOOD, AT_ONCE, good));
			run.row("a burst of " + BURST, api, () -> run.flood(BURST, BURST, good));
			run.row("another one", api, () -> run.flood(BURST, BURST, good));
			run.row("after", api, () -> run.good(good, 200));
		}
		finally {
			api.destroy();
			api.waitFor(10, TimeUnit.SECONDS);
			threads.shutdownNow();
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private static Process start(Path folder, int port) throws IOException {
		return new ProcessBuilder(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), BenchmarkedApi.class.getName(), "--mode=ours",
				"--keys=" + folder, "--server.port=" + port))
			.redirectErrorStream(true)
			.redirectOutput(new File(folder.toFile(), "log"))
			.start();
	}

	private void awaitStart(String good, Process api) throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
		while (!"200".equals(send(good).join())) {
			if (!api.isAlive() || System.nanoTime() > deadline) {
				throw new IllegalStateException("The API does not start");
			}
			TimeUnit.MILLISECONDS.sleep(200);
		}
	}

	private void row(String name, Process api, Runnable load) throws IOException {
		this.answers.clear();
		this.slowestGood.set(0);
		load.run();
		System.out.printf("| %s | %s | %d | %s |%n", name, this.answers, this.slowestGood.get() / 1_000_000,
				liveHeap(api.pid()));
	}

	private void good(String token, int number) {
		for (int i = 0; i < number; i++) {
			sendGood(token);
		}
	}

	private void sendGood(String token) {
		long start = System.nanoTime();
		count("good " + send(token).join());
		this.slowestGood.accumulateAndGet(System.nanoTime() - start, Math::max);
	}

	private void flood(int number, int atOnce, String good) {
		AtomicBoolean flooding = new AtomicBoolean(true);
		CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> {
			while (flooding.get()) {
				sendGood(good);
			}
		});
		Semaphore places = new Semaphore(atOnce);
		List<CompletableFuture<Void>> answered = new ArrayList<>();
		for (int i = 0; i < number; i++) {
			places.acquireUninterruptibly();
			answered.add(send(refused()).thenAccept((answer) -> {
				places.release();
				count("refused " + answer);
			}));
		}
		CompletableFuture.allOf(answered.toArray(CompletableFuture[]::new)).join();
		flooding.set(false);
		caller.join();
	}

	private String refused() {
		return encode("{\"alg\":\"RS256\"}") + "." + encode("{\"" + this.sent.incrementAndGet() + NAME + "\":0}")
				+ ".AAAA";
	}

	private static String encode(String text) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private CompletableFuture<String> send(String token) {
		HttpRequest request = HttpRequest.newBuilder(this.appointments)
			.timeout(TIMEOUT)
			.header("Authorization", "Bearer " + token)
			.build();
		return this.client.sendAsync(request, BodyHandlers.discarding())
			.handle((response, failure) -> (response != null) ? String.valueOf(response.statusCode())
					: failure.getClass().getSimpleName());
	}

	private void count(String answer) {
		synchronized (this.answers) {
			this.answers.computeIfAbsent(answer, (key) -> new AtomicInteger()).incrementAndGet();
		}
	}

	/** Return the used heap after a collection, as reported by {@code jcmd}. */
	private static String liveHeap(long pid) throws IOException {
		jcmd(pid, "GC.run");
		return jcmd(pid, "GC.heap_info").stream()
			.filter((line) -> line.contains("used"))
			.findFirst()
			.map((line) -> line.replaceAll(".*used (\\d+)K.*", "$1"))
			.map((kilobytes) -> String.valueOf(Long.parseLong(kilobytes) / 1024))
			.orElse("unknown");
	}

	private static List<String> jcmd(long pid, String command) throws IOException {
		Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(pid),
				command)
			.redirectErrorStream(true)
			.start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			return output.lines().toList();
		}
	}

}
