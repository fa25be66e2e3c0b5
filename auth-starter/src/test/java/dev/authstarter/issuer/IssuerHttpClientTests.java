package dev.authstarter.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import dev.authstarter.fixture.StubServer;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class IssuerHttpClientTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private static final Duration SHORT = Duration.ofMillis(300);

	private final StubServer server = new StubServer();

	private final IssuerHttpClient http = new IssuerHttpClient(LONG);

	private final CountDownLatch end = new CountDownLatch(1);

	IssuerHttpClientTests() throws IOException {
	}

	@AfterEach
	void stop() {
		this.end.countDown();
		this.server.close();
	}

	@Test
	void makesNoClientBeforeItAsks() throws Exception {
		AtomicInteger made = new AtomicInteger();
		IssuerHttpClient lazy = new IssuerHttpClient(() -> {
			made.incrementAndGet();
			return HttpClient.newHttpClient();
		}, "");
		assertThat(made).hasValue(0);
		this.server.serve("/json", "{}");
		lazy.get(this.server.uri("/json"), deadline(LONG));
		lazy.get(this.server.uri("/json"), deadline(LONG));
		assertThat(made).hasValue(1);
	}

	@Test
	void refusesImpossibleTimeBeforeItAsks() {
		assertThatIllegalArgumentException().isThrownBy(() -> new IssuerHttpClient(Duration.ZERO));
	}

	@Test
	void reportsThatThereIsNoClient() {
		IssuerHttpClient broken = new IssuerHttpClient(() -> {
			throw new UncheckedIOException(new IOException("no trust store"));
		}, "");
		assertThatIOException().isThrownBy(() -> broken.get(this.server.uri("/json"), deadline(LONG)))
			.withMessageContaining("no trust store");
	}

	@Test
	void readsJsonObjectAfterWhitespace() throws Exception {
		this.server.serve("/json", "\r\n\t {\"a\":true}\n");
		assertThat(get("/json")).isEqualTo(Map.of("a", true));
	}

	@Test
	void readsJsonObject() throws Exception {
		this.server.serve("/json", "{\"keys\":[{\"kty\":\"RSA\"}],\"name\":\"K\u00fcche\"}");
		assertThat(get("/json")).isEqualTo(Map.of("keys", List.of(Map.of("kty", "RSA")), "name", "K\u00fcche"));
	}

	/** Where two processors leave it one thread, an application keeps it busy soon. */
	@Test
	void readsJsonObjectWhileTheCommonPoolIsBusy() throws Exception {
		this.server.serve("/json", "{}");
		CountDownLatch end = new CountDownLatch(1);
		for (int i = 0; i < 100; i++) {
			ForkJoinPool.commonPool().execute(() -> waitFor(end));
		}
		try {
			assertThat(get("/json")).isEmpty();
		}
		finally {
			end.countDown();
		}
	}

	@Test
	void asksForJson() throws Exception {
		CompletableFuture<String> accept = new CompletableFuture<>();
		this.server.serve("/json", (exchange) -> {
			accept.complete(exchange.getRequestHeaders().getFirst("Accept"));
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
		});
		get("/json");
		assertThat(accept).isCompletedWithValue("application/json, application/jwk-set+json");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "null", "[]", "[[\"keys\",[]]]", "7", "<html>", "{", "{\"a\":1}{", "{\"a\":1,\"a\":2}" })
	void refusesWhatIsNoJsonObject(String body) {
		this.server.serve("/json", body);
		fails("/json").withMessageEndingWith("/json did not answer with a JSON object");
	}

	@ParameterizedTest
	@ValueSource(ints = { 201, 204, 301, 302, 307, 308, 400, 404, 429, 500, 503 })
	void refusesOtherStatus(int status) {
		this.server.serve("/json", (exchange) -> {
			exchange.getResponseHeaders().set("Location", this.server.uri("/trap").toString());
			exchange.sendResponseHeaders(status, -1);
		});
		this.server.serve("/trap", "{}");
		fails("/json").withMessageEndingWith("/json answered with status " + status);
		assertThat(this.server.asked()).containsExactly("/json");
	}

	@Test
	void readsBodyUpToTheCap() throws Exception {
		this.server.serve("/json", padded(IssuerHttpClient.MAXIMUM_BODY));
		assertThat(get("/json")).isEmpty();
	}

	@Test
	void refusesBodyOverTheCap() {
		this.server.serve("/json", padded(IssuerHttpClient.MAXIMUM_BODY + 1));
		fails("/json").withMessageEndingWith("more than 262144 bytes");
	}

	@Test
	void stopsReadingAtTheCap() {
		CompletableFuture<Long> sent = new CompletableFuture<>();
		this.server.serve("/json", (exchange) -> sendUntilClientLeaves(exchange, sent));
		fails("/json").withMessageContaining("more than 262144 bytes");
		assertThat(sent).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((bytes) -> assertThat(bytes).isLessThan(64L << 20));
	}

	private static void sendUntilClientLeaves(HttpExchange exchange, CompletableFuture<Long> sent) {
		byte[] chunk = padded(64 * 1024);
		long bytes = 0;
		try {
			exchange.sendResponseHeaders(200, 0);
			while (bytes < 256L << 20) {
				exchange.getResponseBody().write(chunk);
				bytes += chunk.length;
			}
		}
		catch (IOException ex) {
			// The client left.
		}
		sent.complete(bytes);
	}

	@Test
	void givesUpOnSilence() {
		this.server.serve("/json", (exchange) -> rest());
		failsInTime("/json");
	}

	@Test
	void givesUpOnDripAndHangsUp() {
		CompletableFuture<Boolean> left = new CompletableFuture<>();
		this.server.serve("/json", (exchange) -> {
			exchange.sendResponseHeaders(200, 1_000);
			try {
				for (int i = 0; i < 1_000; i++) {
					exchange.getResponseBody().write(' ');
					exchange.getResponseBody().flush();
					rest(20);
				}
			}
			catch (IOException ex) {
				left.complete(true);
			}
		});
		failsInTime("/json").withMessageEndingWith("did not answer in time");
		await().until(left::isDone);
	}

	@Test
	void givesUpAtOnceWhenDeadlineIsPast() {
		this.server.serve("/json", (exchange) -> rest());
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.http.get(this.server.uri("/json"), System.nanoTime() - 1));
	}

	@Test
	void saysThatNoServerListens() throws Exception {
		int port;
		try (ServerSocket socket = new ServerSocket(0)) {
			port = socket.getLocalPort();
		}
		URI uri = URI.create("http://localhost:%d/jwks".formatted(port));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.http.get(uri, deadline(LONG)))
			.withMessage(uri + " could not be read: java.net.ConnectException");
	}

	@Test
	void quotesNothingUnprintable() throws Exception {
		try (ServerSocket socket = new ServerSocket(0)) {
			CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> {
				try (Socket client = socket.accept()) {
					client.getOutputStream().write("HTTP/1.1 \u001b[31m\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
					client.getOutputStream().flush();
					this.end.await();
				}
				catch (IOException | InterruptedException ex) {
					throw new IllegalStateException(ex);
				}
			});
			URI uri = URI.create("http://localhost:%d/jwks".formatted(socket.getLocalPort()));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.http.get(uri, deadline(SHORT)))
				.satisfies((ex) -> assertThat(ex.getMessage()).matches("[ -~]*"));
			this.end.countDown();
			answered.join();
		}
	}

	@Test
	void namesPlacesInPlainLetters() {
		URI uri = this.server.uri("/\u202ekeys\u2066");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.http.get(uri, deadline(LONG)))
			.withMessage(this.server.origin() + "/%E2%80%AEkeys%E2%81%A6 answered with status 404");
	}

	@Test
	void namesPlacesWithoutTheirSecrets() {
		assertThatIOException().isThrownBy(() -> this.http.get(this.server.uri("/keys?key=s3cr3t"), deadline(LONG)))
			.withMessage(this.server.origin() + "/keys?*** answered with status 404");
	}

	@Test
	void keepsInterruption() {
		this.server.serve("/json", (exchange) -> rest());
		Thread.currentThread().interrupt();
		fails("/json").withMessageStartingWith("Interrupted while reading");
		assertThat(Thread.interrupted()).isTrue();
	}

	private void rest() {
		rest(LONG.toMillis());
	}

	private void rest(long milliseconds) {
		try {
			this.end.await(milliseconds, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static byte[] padded(int length) {
		byte[] body = new byte[length];
		Arrays.fill(body, (byte) ' ');
		body[0] = '{';
		body[1] = '}';
		return body;
	}

	private Map<String, Object> get(String path) throws IOException {
		return this.http.get(this.server.uri(path), deadline(LONG));
	}

	private ThrowableAssertAlternative<IOException> fails(String path) {
		return assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(path));
	}

	private ThrowableAssertAlternative<IOException> failsInTime(String path) {
		long start = System.nanoTime();
		ThrowableAssertAlternative<IOException> failure = assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> this.http.get(this.server.uri(path), deadline(SHORT)));
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT.minusMillis(50),
				SHORT.multipliedBy(10));
		return failure;
	}

	private static void waitFor(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static long deadline(Duration duration) {
		return System.nanoTime() + duration.toNanos();
	}

}
