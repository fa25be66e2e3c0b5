package dev.authstarter.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.authstarter.test.issuer.TestIssuer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Three minutes in real time in which the issuer fails, rotates its keys and recovers,
 * while forged tokens are sent. Prints health and metrics. Not part of the build; its
 * name keeps it out:
 * {@code mvn -pl sample-api -am test -Dtest=OutageRun -Dsurefire.failIfNoSpecifiedTests=false}
 */
class OutageRun {

	private static final String AUDIENCE = "https://api.clinic.example";

	private static final String APPOINTMENTS = "/organizations/org_acme/appointments";

	private final TestIssuer issuer = TestIssuer.start();

	private final TestIssuer mallory = TestIssuer.start();

	private final HttpClient http = HttpClient.newHttpClient();

	private final Map<String, Integer> answers = new TreeMap<>();

	private final List<Future<?>> running = new ArrayList<>();

	private String origin = "";

	@Test
	@Timeout(240)
	void tellsTheStory() throws Exception {
		ScheduledExecutorService callers = Executors.newScheduledThreadPool(2);
		try (ConfigurableApplicationContext api = start()) {
			this.origin = "http://localhost:" + api.getEnvironment().getProperty("local.server.port");
			this.running.add(callers.scheduleAtFixedRate(this::callInGoodFaith, 0, 200, TimeUnit.MILLISECONDS));
			Instant start = Instant.now();
			tell(start, 20, "BEFORE: all is well");
			this.issuer.down();
			this.running.add(callers.scheduleAtFixedRate(this::forge, 0, 50, TimeUnit.MILLISECONDS));
			tell(start, 60, "DURING: the issuer is down, forged tokens fly, the last keys serve");
			assertThat(answered("200")).isPositive();
			tell(start, 110, "DURING: the outage tolerance of 60 seconds is over");
			assertThat(answered("503 keys_unavailable")).isPositive();
			this.issuer.rotateKeys();
			this.issuer.removeOldKeys();
			this.issuer.recover();
			tell(start, 170, "AFTER: the issuer is back with other keys, forged tokens still fly");
			assertThat(answered("200")).isPositive();
			assertThat(this.running).noneMatch(Future::isDone);
			assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").doesNotContain("DEGRADED", "DOWN");
		}
		finally {
			callers.shutdownNow();
			this.issuer.close();
			this.mallory.close();
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(SampleApplication.class).run("--server.port=0",
				"--ISSUER=" + this.issuer.issuer(), "--auth-starter.keys.time-to-live=15s",
				"--auth-starter.keys.outage-tolerance=60s", "--auth-starter.public-paths=/actuator/prometheus",
				"--management.endpoints.web.exposure.include=health,prometheus",
				"--management.prometheus.metrics.export.enabled=true",
				"--management.endpoint.health.show-details=always",
				"--management.endpoint.health.group.readiness.include=readinessState,authKeys");
	}

	/** Wait until so many seconds have passed, then print health and metrics. */
	private void tell(Instant start, int second, String title) {
		await().atMost(Duration.ofMinutes(2)).until(() -> !Instant.now().isBefore(start.plusSeconds(second)));
		System.out.printf("%n=== second %d, %s%n", second, title);
		for (String path : List.of("/actuator/health", "/actuator/health/readiness")) {
			HttpResponse<String> health = get(path);
			System.out.printf("GET %s: %d %s%n", path, health.statusCode(), health.body());
		}
		System.out.println(get("/actuator/prometheus").body()
			.lines()
			.filter((line) -> line.startsWith("auth_") && !line.endsWith(" 0.0"))
			.collect(Collectors.joining("%n".formatted())));
		synchronized (this.answers) {
			System.out.println("Answers to callers in good faith since then: " + this.answers);
		}
	}

	private int answered(String answer) {
		synchronized (this.answers) {
			int count = this.answers.getOrDefault(answer, 0);
			this.answers.clear();
			return count;
		}
	}

	private void callInGoodFaith() {
		HttpResponse<String> response = call(this.issuer.accessToken(AUDIENCE, rights()));
		String answer = (response.statusCode() == 200) ? "200"
				: response.statusCode() + " " + response.body().replaceAll(".*\"reason\":\"([a-z_]+)\".*", "$1");
		synchronized (this.answers) {
			this.answers.merge(answer, 1, Integer::sum);
		}
	}

	private void forge() {
		String good = this.issuer.accessToken(AUDIENCE, rights());
		List<String> forged = new ArrayList<>();
		forged.add(good.substring(0, good.lastIndexOf('.') + 1) + "A".repeat(342));
		forged.add(this.mallory.sign(Map.of(), this.issuer.accessTokenClaims(AUDIENCE, rights())));
		forged.add(this.mallory.accessToken(AUDIENCE, rights()));
		forged.add(this.issuer.accessToken("https://mallory.example", rights()));
		Map<String, Object> old = new HashMap<>(this.issuer.accessTokenClaims(AUDIENCE, rights()));
		old.put("iat", Instant.now().minusSeconds(7200).getEpochSecond());
		old.put("exp", Instant.now().minusSeconds(3600).getEpochSecond());
		forged.add(this.issuer.sign(Map.of(), old));
		forged.add("mallory.was.here");
		forged.forEach(this::call);
	}

	private static Map<String, @Nullable Object> rights() {
		return Map.of("scope", "read:appointments", "org_id", "org_acme");
	}

	private HttpResponse<String> call(String token) {
		return send(HttpRequest.newBuilder(URI.create(this.origin + APPOINTMENTS))
			.header("Authorization", "Bearer " + token));
	}

	private HttpResponse<String> get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.origin + path)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.http.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
