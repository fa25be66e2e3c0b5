package dev.authstarter.reactive;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.keys.IssuerKeys;
import dev.authstarter.keys.KeyLookup;
import dev.authstarter.keys.KeySet;
import dev.authstarter.keys.TrustedKeys;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On WebFlux no thread waits for keys, and the body is not read before the rules are
 * checked.
 */
@ApiTest(value = FluxApi.class, properties = "spring.main.web-application-type=reactive")
@Import(ReactiveWaitingTests.LateKeys.class)
@DirtiesContext
class ReactiveWaitingTests {

	private static final String MONO = "/organizations/org_acme/mono";

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	HttpCalls http;

	@Autowired
	LateKeys.Keys keys;

	@LocalServerPort
	int port;

	@Test
	void answersKnownCallersWhileOthersWaitForKeys() {
		String known = this.token.signed();
		assertThat(this.http.answer(MONO, known)).isEqualTo("200");
		CompletableFuture<Void> arrival = this.keys.holdBack();
		List<CompletableFuture<HttpResponse<String>>> waiting = IntStream.range(0, 100)
			.mapToObj((number) -> send(MONO, this.token.with("jti", "w" + number).withHeader("kid", "late").signed()))
			.toList();
		Awaitility.await().until(() -> this.keys.asked() >= 100);
		for (int i = 0; i < 50; i++) {
			assertThat(this.http.answer(MONO, known)).isEqualTo("200");
		}
		assertThat(waiting).noneMatch(CompletableFuture::isDone);
		assertThat(Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey() != Thread.currentThread()))
			.noneMatch((thread) -> Stream.of(thread.getValue())
				.anyMatch((frame) -> frame.getClassName().startsWith("dev.authstarter.")));
		arrival.complete(null);
		assertThat(waiting).allSatisfy((one) -> assertThat(one.join().statusCode()).isEqualTo(401));
	}

	@Test
	void answersOutageWithServiceUnavailable() {
		this.keys.lose();
		HttpResponse<String> response = this.http.getWithToken(MONO, this.token.with("jti", "lost").signed());
		this.keys.find();
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(response.headers().firstValue("Retry-After")).isPresent();
		assertThat(HttpCalls.json(response)).containsEntry("reason", "keys_unavailable");
	}

	@Test
	void refusesBeforeTheBodyArrives() throws IOException {
		try (Socket socket = new Socket("localhost", this.port)) {
			socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
			socket.getOutputStream()
				.write(("POST /organizations/org_acme/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
						+ "Content-Length: 1000000\r\nAuthorization: Bearer " + this.token.signed() + "\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 403".length());
			assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 403");
		}
	}

	@Test
	void keepsInterleavedCallersApart() throws InterruptedException {
		String acme = this.token.signed();
		String other = this.token.with("org_id", "org_other").with("sub", "other").signed();
		Semaphore open = new Semaphore(64);
		List<CompletableFuture<String>> answers = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			open.acquire();
			String organization = (i % 2 == 0) ? "org_acme" : "org_other";
			answers.add(send("/organizations/" + organization + "/flux", (i % 2 == 0) ? acme : other)
				.thenApply((response) -> response.body().replace(organization + ";", ""))
				.whenComplete((answer, failure) -> open.release()));
		}
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.join()).isEmpty());
	}

	private CompletableFuture<HttpResponse<String>> send(String path, String bearer) {
		return this.client.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Bearer " + bearer)
			.build(), BodyHandlers.ofString());
	}

	/**
	 * Keys that are late or lost on wish.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class LateKeys {

		@Bean
		Keys lateKeys() {
			return new Keys();
		}

		@Bean
		@Primary
		TrustedKeys lateTrustedKeys(Keys keys) {
			return (issuer) -> keys;
		}

		/**
		 * The keys.
		 */
		static final class Keys implements IssuerKeys {

			private final KeySet set = KeySet.of(new JWKSet(TestKey.RSA.publicKey()));

			private volatile CompletableFuture<Void> arrival = CompletableFuture.completedFuture(null);

			private volatile boolean lost;

			private final AtomicInteger asked = new AtomicInteger();

			CompletableFuture<Void> holdBack() {
				this.arrival = new CompletableFuture<>();
				return this.arrival;
			}

			int asked() {
				return this.asked.get();
			}

			void lose() {
				this.lost = true;
			}

			void find() {
				this.lost = false;
			}

			@Override
			public KeyLookup current() {
				return this.lost ? new KeyLookup.Unavailable() : this.set;
			}

			@Override
			public KeyLookup seek(JWSHeader header, List<JWK> tried, KeySet known) {
				this.asked.incrementAndGet();
				return new KeyLookup.Pending(this.arrival, () -> known);
			}

		}

	}

}
