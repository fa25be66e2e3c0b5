package dev.authstarter.test.attack;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
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
	void sendsEveryPartOfTheRequest(Target target) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("X-Part", "header");
		headers.set(HttpHeaders.COOKIE, "first=one; part=cookie");
		headers.setContentType(MediaType.TEXT_PLAIN);
		AttackRequest request = new AttackRequest("POST", "/parts/a%20b", "part=a%26b", headers, "body", List.of());
		assertThat(target.send(request).body()).isEqualTo("a b, a&b, header, cookie, body");
	}

	@ParameterizedTest
	@MethodSource("targets")
	void readsAnswerInItsCharacterSet(Target target) {
		assertThat(target.send(get("/latin")).body()).isEqualTo("Zoë");
	}

	@ParameterizedTest
	@MethodSource("targets")
	void readsWhatWasWrittenBeforeAFailure(Target target) {
		Answer answer = target.send(get("/broken"));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.complete()).isFalse();
		assertThat(answer.body()).startsWith("data:written");
	}

	@Test
	void readsWhatServletWroteBeforeAFailure() {
		for (Target target : List.of(new HttpTarget(url(this.servlet), TIMEOUT), mockMvc())) {
			Answer answer = target.send(get("/broken-servlet"));
			assertThat(answer.status()).isEqualTo(200);
			assertThat(answer.complete()).isFalse();
			assertThat(answer.body()).startsWith("written");
		}
	}

	@ParameterizedTest
	@MethodSource("targets")
	void takesFailureBeforeTheResponseForItsStatus(Target target) {
		Answer answer = target.send(get("/failure"));
		assertThat(answer.status()).isEqualTo(500);
		assertThat(answer.body()).doesNotContain("written");
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
		targets.add(mockMvc());
		return targets;
	}

	private MockMvcTarget mockMvc() {
		return new MockMvcTarget(MockMvcBuilders.webAppContextSetup((WebApplicationContext) this.servlet).build(),
				TIMEOUT);
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

		@PostMapping("/parts/{path}")
		String parts(@PathVariable String path, @RequestParam("part") String query,
				@RequestHeader("X-Part") String header, @CookieValue("part") String cookie, @RequestBody String body) {
			return String.join(", ", path, query, header, cookie, body);
		}

		@GetMapping(path = "/latin", produces = "text/plain;charset=ISO-8859-1")
		byte[] latin() {
			return "Zoë".getBytes(StandardCharsets.ISO_8859_1);
		}

		@GetMapping(path = "/broken", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> broken() {
			return Flux.just("written")
				.concatWith(Mono.delay(Duration.ofMillis(100)).then(Mono.error(new IllegalStateException("broken"))));
		}

		@GetMapping("/broken-servlet")
		void brokenServlet(HttpServletResponse response) throws IOException {
			response.getWriter().write("written");
			response.flushBuffer();
			throw new IllegalStateException("broken");
		}

		@GetMapping("/failure")
		String failure() {
			throw new IllegalStateException("failure");
		}

		private static <T> Flux<T> counted(Flux<T> stream) {
			return stream.doOnSubscribe((subscription) -> OPEN.incrementAndGet())
				.doFinally((signal) -> OPEN.decrementAndGet());
		}

	}

}
