package dev.authstarter.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.authstarter.fixture.KeepAliveConnection;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how unauthenticated clients that keep a slow introspection endpoint busy, or
 * send texts that it refuses, affect callers with valid tokens, over HTTP, with Tomcat's
 * 200 threads. Takes four minutes in real time and prints a table. Not part of the build;
 * its name keeps it out: {@code mvn -pl auth-starter test -Dtest=UnknownTokensRun}
 */
class UnknownTokensRun {

	private static final Duration LENGTH = Duration.ofSeconds(20);

	/** Answers are renewed several times while the run lasts. */
	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

	private static final String GOOD = "good-";

	private static final String REFUSED = "refused-";

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(2);

	/** Those of callers with valid tokens. */
	private final Queue<KeepAliveConnection> connections = new ConcurrentLinkedQueue<>();

	private final List<Future<?>> schedules = new ArrayList<>();

	private final AtomicBoolean over = new AtomicBoolean();

	private final AtomicLong questions = new AtomicLong();

	private volatile int refusal = 400;

	@BeforeAll
	static void head() {
		// Otherwise many an answer of the issuer waits 40 ms more.
		System.setProperty("sun.net.httpserver.nodelay", "true");
		System.out.printf("%n| unknown tokens | latency | questions | callers | calls | served | median | slowest |%n"
				+ "| --- | --- | --- | --- | --- | --- | --- | --- |%n");
	}

	@AfterEach
	void stop() {
		this.over.set(true);
		this.clockwork.shutdownNow();
		this.threads.shutdownNow();
	}

	@ParameterizedTest
	@Timeout(120)
	@CsvSource({ "none, 0, 300", "broken JWT, 200, 300", "one text, 200, 300", "one text, 200, 1500",
			"different texts, 120, 300", "different texts, 120, 1500" })
	void measures(String flood, int connections, int latency) throws Exception {
		HttpServer issuer = issuer(Duration.ofMillis(latency));
		try (ConfigurableApplicationContext api = start(issuer.getAddress().getPort())) {
			int port = api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			String jwt = token("jwt").signed();
			warmUp(port, jwt);
			List<Calls> groups = callInGoodFaith(port, jwt);
			Supplier<String> text = switch (flood) {
				case "one text" -> () -> "unissued";
				case "broken JWT" -> () -> "a.b.c";
				default -> () -> "unissued-" + UUID.randomUUID();
			};
			IntStream.range(0, connections).forEach((i) -> this.threads.execute(() -> flood(port, text)));
			TimeUnit.NANOSECONDS.sleep(LENGTH.toNanos());
			assertThat(this.schedules).noneMatch(Future::isDone);
			this.clockwork.shutdown();
			for (Calls calls : groups) {
				calls.awaitEnd();
				System.out.printf("| %d × %s | %d ms | %d | %s |%n", connections, flood, latency, this.questions.get(),
						calls);
				assertThat(calls.count()).isPositive();
			}
		}
		finally {
			issuer.stop(0);
		}
	}

	/**
	 * The endpoint's answer to half of the texts of unauthenticated clients; the others
	 * look like JWE.
	 */
	@ParameterizedTest
	@Timeout(120)
	@ValueSource(ints = { 400, 422, 404, 500, 429, 401 })
	void measuresTextsThatTheEndpointRefuses(int status) throws Exception {
		this.refusal = status;
		HttpServer issuer = issuer(Duration.ofMillis(50));
		try (ConfigurableApplicationContext api = start(issuer.getAddress().getPort())) {
			int port = api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
			String jwt = token("jwt").signed();
			warmUp(port, jwt);
			List<Calls> good = callInGoodFaith(port, jwt);
			AtomicLong texts = new AtomicLong();
			Calls flood = new Calls("unissueds, 50/s");
			every(Duration.ofMillis(20), port, flood, () -> (texts.getAndIncrement() % 2 == 0)
					? REFUSED + UUID.randomUUID() : "eyJhbGciOiJkaXIifQ.b.c.d." + UUID.randomUUID());
			TimeUnit.NANOSECONDS.sleep(LENGTH.toNanos());
			assertThat(this.schedules).noneMatch(Future::isDone);
			this.clockwork.shutdown();
			flood.awaitEnd();
			System.out.printf("| 50/s × answered %d | 50 ms | %d | %s |%n", status, this.questions.get(), flood);
			for (Calls calls : good) {
				calls.awaitEnd();
				System.out.printf("| 50/s × answered %d | 50 ms | %d | %s |%n", status, this.questions.get(), calls);
			}
			// Failures caused by others can only affect new tokens.
			boolean aboutTheToken = status < 500 && status != 429 && status != 401;
			assertThat(aboutTheToken ? good : good.subList(0, 3)).allMatch(Calls::areAllServed);
		}
		finally {
			issuer.stop(0);
		}
	}

	private List<Calls> callInGoodFaith(int port, String jwt) throws IOException {
		List<String> busy = known(port, "busy", 10);
		List<String> idle = known(port, "idle", 30);
		this.questions.set(0);
		List<Calls> groups = List.of(new Calls("JWT, 50/s"), new Calls("known, each 10/s"),
				new Calls("known, to be renewed"), new Calls("new, 5/s"));
		every(Duration.ofMillis(20), port, groups.get(0), () -> jwt);
		every(Duration.ofMillis(10), port, groups.get(1), next(busy));
		every(Duration.ofMillis(400), port, groups.get(2), next(idle));
		every(Duration.ofMillis(200), port, groups.get(3), () -> GOOD + UUID.randomUUID());
		return groups;
	}

	/** Tokens that the issuer has called active once. */
	private List<String> known(int port, String name, int count) throws IOException {
		List<String> tokens = IntStream.range(0, count).mapToObj((i) -> GOOD + name + i).toList();
		Calls calls = new Calls(name);
		tokens.forEach((token) -> call(port, calls, token));
		calls.awaitEnd();
		return tokens;
	}

	private static void warmUp(int port, String token) throws IOException, InterruptedException {
		try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
			// Until the keys have been fetched.
			for (int i = 0; i < 1_000 && connection.get("/greeting", token) != 200; i++) {
				TimeUnit.MILLISECONDS.sleep(10);
			}
			for (int i = 0; i < 3_000; i++) {
				assertThat(connection.get("/greeting", token)).isEqualTo(200);
				assertThat(connection.get("/greeting", "x.y.z")).isEqualTo(401);
			}
		}
	}

	private static Supplier<String> next(List<String> tokens) {
		AtomicLong count = new AtomicLong();
		return () -> tokens.get((int) (count.getAndIncrement() % tokens.size()));
	}

	/**
	 * An unauthenticated client that sends its next request as soon as it is answered.
	 */
	private void flood(int port, Supplier<String> text) {
		try (KeepAliveConnection connection = new KeepAliveConnection(port)) {
			while (!this.over.get()) {
				try {
					connection.get("/greeting", text.get());
				}
				catch (IOException ex) {
					// The connection is made anew.
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void every(Duration interval, int port, Calls calls, Supplier<String> token) {
		this.schedules.add(this.clockwork.scheduleAtFixedRate(() -> call(port, calls, token.get()), 0,
				interval.toNanos(), TimeUnit.NANOSECONDS));
	}

	private void call(int port, Calls calls, String token) {
		calls.begin();
		long start = System.nanoTime();
		this.threads.execute(() -> {
			int status = 0;
			KeepAliveConnection pooled = this.connections.poll();
			KeepAliveConnection connection = (pooled != null) ? pooled : new KeepAliveConnection(port);
			try {
				status = connection.get("/greeting", token);
				this.connections.add(connection);
			}
			catch (IOException ex) {
				// Not served.
			}
			finally {
				calls.end(status == 200, Duration.ofNanos(System.nanoTime() - start));
			}
		});
	}

	private HttpServer issuer(Duration latency) throws IOException {
		HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
		issuer.setExecutor(this.threads);
		issuer.createContext("/keys", (exchange) -> answer(exchange, new JWKSet(TestKey.RSA.publicKey()).toString()));
		issuer.createContext("/introspect", (exchange) -> {
			this.questions.incrementAndGet();
			String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			String text = URLDecoder.decode(form.substring("token=".length(), form.indexOf('&')),
					StandardCharsets.UTF_8);
			pause(latency);
			if (text.startsWith(REFUSED)) {
				exchange.sendResponseHeaders(this.refusal, -1);
				exchange.close();
				return;
			}
			answer(exchange,
					text.startsWith(GOOD) ? token(text).with("active", true).claimsJson() : "{\"active\":false}");
		});
		issuer.start();
		return issuer;
	}

	private static void pause(Duration latency) {
		try {
			TimeUnit.NANOSECONDS.sleep(latency.toNanos());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		try (exchange) {
			byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
	}

	private static TestToken token(String subject) {
		return TestToken.validAt(Instant.now()).with("sub", subject);
	}

	private static ConfigurableApplicationContext start(int issuer) {
		String origin = "http://localhost:" + issuer;
		return new SpringApplicationBuilder(Api.class)
			.properties("server.port=0", "spring.jmx.enabled=false", "logging.level.root=error",
					"spring.main.banner-mode=off", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.jwks-uri=" + origin + "/keys",
					"auth-starter.introspection.uri=" + origin + "/introspect",
					"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret",
					"auth-starter.introspection.time-to-live=" + TIME_TO_LIVE.toSeconds() + "s")
			.run();
	}

	/**
	 * The results of the calls of one kind.
	 */
	private static final class Calls {

		private final String name;

		private final List<Duration> served = new ArrayList<>();

		private final List<Duration> refused = new ArrayList<>();

		private int underWay;

		Calls(String name) {
			this.name = name;
		}

		synchronized void begin() {
			this.underWay++;
		}

		synchronized void end(boolean served, Duration took) {
			this.underWay--;
			(served ? this.served : this.refused).add(took);
			notifyAll();
		}

		synchronized void awaitEnd() {
			try {
				while (this.underWay > 0) {
					wait();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		synchronized int count() {
			return this.served.size() + this.refused.size();
		}

		synchronized boolean areAllServed() {
			return !this.served.isEmpty() && this.refused.isEmpty();
		}

		@Override
		public synchronized String toString() {
			List<Duration> all = new ArrayList<>(this.served);
			all.addAll(this.refused);
			all.sort(null);
			return "%s | %d | %.1f %% | %d ms | %d ms".formatted(this.name, count(),
					100.0 * this.served.size() / count(), all.get(all.size() / 2).toMillis(),
					all.get(all.size() - 1).toMillis());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	static class Api {

		@Bean
		GreetingController greetingController() {
			return new GreetingController();
		}

	}

	@RestController
	static class GreetingController {

		@GetMapping("/greeting")
		String greet() {
			return "hello";
		}

	}

}
