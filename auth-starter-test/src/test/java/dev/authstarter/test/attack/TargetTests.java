package dev.authstarter.test.attack;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer has the status of the response, even if the body has no end, in each way in
 * which attacks are sent.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TargetTests {

	private static final Duration TIMEOUT = Duration.ofMillis(1500);

	private ConfigurableApplicationContext servlet;

	private ConfigurableApplicationContext reactive;

	@BeforeAll
	void start() {
		this.servlet = start(WebApplicationType.SERVLET);
		this.reactive = start(WebApplicationType.REACTIVE);
	}

	@AfterAll
	void stop() {
		this.servlet.close();
		this.reactive.close();
	}

	private static ConfigurableApplicationContext start(WebApplicationType type) {
		return new SpringApplicationBuilder(Application.class).web(type)
			.properties("server.port=0", "server.shutdown=immediate", "auth-starter.public-paths=/**")
			.run();
	}

	@ParameterizedTest
	@MethodSource("targets")
	void readsAnswerToItsEnd(Target target) {
		Answer answer = target.send(get("/three"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.complete()).isTrue();
		assertThat(answer.body().lines().filter((line) -> !line.isEmpty())).containsExactly("data:1", "data:2",
				"data:3");
		assertThat(target.send(get("/unknown")).status()).isEqualTo(404);
	}

	@ParameterizedTest
	@MethodSource("targets")
	void takesTheStatusOfStreamWithoutEnd(Target target) {
		long before = System.nanoTime();
		Answer answer = target.send(get("/ticks"));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Target.TIMEOUT.dividedBy(2));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.missing()).isNull();
		assertThat(answer.complete()).isFalse();
		assertThat(answer.body()).startsWith("data:0");
		Awaitility.await().untilAsserted(() -> assertThat(Streams.OPEN).hasValue(0));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void stopsReadingLargeBody(Target target) {
		Answer answer = target.send(get("/flood"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.complete()).isFalse();
		assertThat(answer.body().length()).isLessThan(2 * Target.BODY_SIZE);
		Awaitility.await().untilAsserted(() -> assertThat(Streams.OPEN).hasValue(0));
	}

	@ParameterizedTest
	@MethodSource("targets")
	void doesNotTakeSilenceForAnAnswer(Target target) {
		Answer answer = target.send(get("/silence"));
		assertThat(answer.status()).isEqualTo(Answer.TIMED_OUT);
		assertThat(answer.missing()).isEqualTo("there was no answer in time");
	}

	private List<Target> targets() {
		List<Target> targets = new ArrayList<>(clients());
		targets.add(new MockMvcTarget(MockMvcBuilders.webAppContextSetup((WebApplicationContext) this.servlet).build(),
				TIMEOUT));
		return targets;
	}

	/** Those that read a body themselves. */
	private List<Target> clients() {
		return List.of(new HttpTarget(url(this.servlet), TIMEOUT), new HttpTarget(url(this.reactive), TIMEOUT),
				new WebTestClientTarget(WebTestClient.bindToServer().baseUrl(url(this.reactive).toString()).build(),
						TIMEOUT),
				new WebTestClientTarget(WebTestClient.bindToApplicationContext(this.reactive).build(), TIMEOUT));
	}

	private static URI url(ConfigurableApplicationContext context) {
		return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
	}

	private static AttackRequest get(String path) {
		return new AttackRequest("GET", path, null, new HttpHeaders(), null, List.of());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureForgedTokens
	@Import(Streams.class)
	static class Application {

	}

	/**
	 * Streams of both stacks.
	 */
	@RestController
	static class Streams {

		static final AtomicInteger OPEN = new AtomicInteger();

		@GetMapping(path = "/three", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<Integer> three() {
			return Flux.just(1, 2, 3);
		}

		@GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<Long> ticks() {
			return counted(Flux.interval(Duration.ofMillis(100)));
		}

		@GetMapping(path = "/flood", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> flood() {
			return counted(Flux.range(0, 40).map((number) -> "x".repeat(1024 * 1024)).concatWith(Flux.never()));
		}

		@GetMapping(path = "/silence", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<Long> silence() {
			return Flux.never();
		}

		private static <T> Flux<T> counted(Flux<T> stream) {
			return stream.doOnSubscribe((subscription) -> OPEN.incrementAndGet())
				.doFinally((signal) -> OPEN.decrementAndGet());
		}

	}

}
