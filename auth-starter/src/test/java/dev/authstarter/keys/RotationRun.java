package dev.authstarter.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.StubServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Measures how long tokens of new keys are refused, and how often the keys are fetched,
 * over HTTP and in real time. Prints a table. Not part of the build; its name keeps it
 * out: {@code mvn -pl auth-starter test -Dtest=RotationRun}
 */
class RotationRun {

	private static final int FLOOD_PER_SECOND = 50;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledExecutorService flood = Executors.newScheduledThreadPool(4);

	private final ECKey first = key("first");

	private final StubServer issuer = new StubServer();

	private HttpCalls api = new HttpCalls(0);

	RotationRun() throws IOException {
	}

	@BeforeAll
	static void head() {
		System.out.printf(
				"%n| keys | flood | seconds until accepted | fetches | flood answered |%n| --- | --- | --- | --- | --- |%n");
	}

	@AfterEach
	void stop() {
		this.flood.shutdownNow();
		this.threads.shutdownNow();
		this.issuer.close();
	}

	static Stream<Arguments> rows() {
		return Stream.of(Rotation.values())
			.flatMap((rotation) -> Stream.of("none", "unknown ids", "bad signatures")
				.map((flood) -> Arguments.of(rotation, flood)));
	}

	@ParameterizedTest
	@Timeout(120)
	@MethodSource("rows")
	void measures(Rotation rotation, String flood) throws Exception {
		publish(List.of(this.first));
		try (ConfigurableApplicationContext started = start()) {
			this.api = new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(this.api.answer("/me", token(this.first))).isEqualTo("200");
			List<CompletableFuture<String>> answers = new ArrayList<>();
			if (!flood.equals("none")) {
				ScheduledFuture<?> flooding = this.flood.scheduleAtFixedRate(() -> answers
					.add(CompletableFuture.supplyAsync(() -> this.api.answer("/me", forged(flood)), this.threads)), 0,
						1_000_000 / FLOOD_PER_SECOND, TimeUnit.MICROSECONDS);
				TimeUnit.SECONDS.sleep(2);
				assertThat(flooding.isDone()).isFalse();
			}
			int before = this.issuer.asked().size();
			List<CompletableFuture<Double>> accepted = rotation.rotate(this);
			String seconds = accepted.stream()
				.map(CompletableFuture::join)
				.map("%.1f"::formatted)
				.collect(Collectors.joining(", "));
			this.flood.shutdownNow();
			Map<String, Long> flooded = answers.stream()
				.map(CompletableFuture::join)
				.collect(Collectors.groupingBy((answer) -> answer, Collectors.counting()));
			System.out.printf("| %s | %s | %s | %d | %s |%n", rotation.text, flood, seconds,
					this.issuer.asked().size() - before, flooded);
		}
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(Api.class).run("--server.port=0", "--auth-starter.issuer=" + issuerName(),
				"--auth-starter.audience=api", "--auth-starter.jwks-uri=" + this.issuer.uri("/keys"),
				"--logging.level.dev.authstarter.refusals=OFF", "--spring.main.banner-mode=off");
	}

	private String issuerName() {
		return this.issuer.origin();
	}

	private void publish(List<ECKey> keys) {
		this.issuer.serve("/keys", new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList()).toString());
	}

	/** Send a token again and again until it is accepted. */
	private CompletableFuture<Double> untilAccepted(ECKey key, long since) {
		String token = token(key);
		return CompletableFuture.supplyAsync(() -> {
			while (!"200".equals(this.api.answer("/me", token))) {
				sleep(Duration.ofMillis(50));
			}
			return (System.nanoTime() - since) / 1e9;
		}, this.threads);
	}

	private static void sleep(Duration time) {
		try {
			TimeUnit.NANOSECONDS.sleep(time.toNanos());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private String forged(String flood) {
		String genuine = token(flood.equals("unknown ids") ? key(UUID.randomUUID().toString()) : this.first);
		return genuine.substring(0, genuine.length() - 8) + "AAAAAAAA";
	}

	private String token(ECKey key) {
		try {
			long now = Clock.systemUTC().instant().getEpochSecond();
			JWSObject token = new JWSObject(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
					new Payload(Map.of("iss", issuerName(), "aud", "api", "sub", "user", "scope", "read:notes",
							"client_id", "web", "exp", now + 300, "jti", UUID.randomUUID().toString())));
			token.sign(new ECDSASigner(key));
			return token.serialize();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey key(String keyId) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyID(keyId).generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How an issuer comes to new keys.
	 */
	enum Rotation {

		ONE("one new") {
			@Override
			List<CompletableFuture<Double>> rotate(RotationRun run) {
				return several(run, 1);
			}
		},

		THREE("three in a second") {
			@Override
			List<CompletableFuture<Double>> rotate(RotationRun run) {
				return several(run, 3);
			}
		},

		FIVE("five in a second") {
			@Override
			List<CompletableFuture<Double>> rotate(RotationRun run) {
				return several(run, 5);
			}
		},

		REPLACED("one under the old id") {
			@Override
			List<CompletableFuture<Double>> rotate(RotationRun run) {
				ECKey replacement = key(run.first.getKeyID());
				run.publish(List.of(replacement));
				return List.of(run.untilAccepted(replacement, System.nanoTime()));
			}
		},

		LATE("one, published 3 s after its first token") {
			@Override
			List<CompletableFuture<Double>> rotate(RotationRun run) {
				ECKey late = key("late");
				CompletableFuture<Double> accepted = run.untilAccepted(late,
						System.nanoTime() + TimeUnit.SECONDS.toNanos(3));
				sleep(Duration.ofSeconds(3));
				run.publish(List.of(run.first, late));
				return List.of(accepted);
			}
		};

		private final String text;

		Rotation(String text) {
			this.text = text;
		}

		abstract List<CompletableFuture<Double>> rotate(RotationRun run);

		private static List<CompletableFuture<Double>> several(RotationRun run, int number) {
			List<ECKey> published = new ArrayList<>(List.of(run.first));
			return IntStream.range(0, number).mapToObj((i) -> {
				published.add(key("new-" + i));
				run.publish(published);
				CompletableFuture<Double> accepted = run.untilAccepted(published.get(i + 1), System.nanoTime());
				sleep(Duration.ofMillis(1_000 / number));
				return accepted;
			}).toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

	}

}
