package dev.authstarter.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.AuthListeners;
import dev.authstarter.TransportSecurity;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.http.HttpJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class PublishedTrustedKeysTests {

	private static final Clock CLOCK = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final StubServer server = new StubServer();

	private final PublishedTrustedKeys keys = new PublishedTrustedKeys(
			new TrustedIssuers(List.of(issuer("one", "/one"), issuer("two", "/two"))),
			PublishedTrustedKeysTests::source,
			new KeysTimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10)), 100, CLOCK,
			new AuthListeners(List::of, CLOCK));

	PublishedTrustedKeysTests() throws IOException {
	}

	private static KeySource source(TrustedIssuer issuer) {
		Duration timeout = Duration.ofSeconds(10);
		return new PublishedKeys(issuer, new IssuerDocuments(new HttpJson(timeout), null),
				new TransportSecurity(Set.of()), timeout);
	}

	@AfterEach
	void stop() {
		this.keys.close();
		this.server.close();
	}

	@Test
	void keepsKeysOfIssuersApart() throws Exception {
		JWK one = publish("/one", "same");
		JWK two = publish("/two", "same");
		assertThat(this.keys.find("one", header("same"))).containsExactly(one);
		assertThat(this.keys.find("two", header("same"))).containsExactly(two);
	}

	@Test
	void outageOfOneIssuerIsNotTheOthers() throws Exception {
		JWK two = publish("/two", "same");
		assertThatExceptionOfType(KeysUnavailableException.class)
			.isThrownBy(() -> this.keys.find("one", header("same")));
		assertThat(this.keys.find("two", header("same"))).containsExactly(two);
	}

	/** What hangs together holds no more request threads than one issuer does. */
	@Test
	void issuersShareTheRequestsThatMayWait() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		for (String path : List.of("/one", "/two")) {
			this.server.serve(path, (exchange) -> {
				try {
					hanging.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			});
		}
		ExecutorService requests = Executors.newCachedThreadPool();
		AtomicInteger refused = new AtomicInteger();
		try {
			for (int i = 0; i < 120; i++) {
				String issuer = (i % 2 == 0) ? "one" : "two";
				requests.execute(() -> {
					assertThatExceptionOfType(KeysUnavailableException.class)
						.isThrownBy(() -> this.keys.find(issuer, header("same")));
					refused.incrementAndGet();
				});
			}
			await().atMost(Duration.ofSeconds(5)).until(() -> refused.get() == 20);
		}
		finally {
			hanging.countDown();
			requests.shutdownNow();
		}
	}

	@Test
	void asksNobodyForKeysOfAnUnknownIssuer() throws Exception {
		assertThat(this.keys.find("three", header("same"))).isEmpty();
		assertThat(this.server.asked()).isEmpty();
	}

	@Test
	void fetchesOnNamedDaemonThreads() throws Exception {
		publish("/one", "same");
		this.keys.find("one", header("same"));
		assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
	}

	@Test
	void endsItsThreads() throws Exception {
		publish("/one", "same");
		this.keys.find("one", header("same"));
		this.keys.close();
		await().until(() -> threads().isEmpty());
		assertThatExceptionOfType(KeysUnavailableException.class)
			.isThrownBy(() -> this.keys.find("two", header("same")));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("auth-starter-keys-"))
			.toList();
	}

	private TrustedIssuer issuer(String issuer, String jwksPath) {
		return new TrustedIssuer(issuer, issuer, Set.of("audience"), this.server.uri(jwksPath), List.of("ES256"));
	}

	private JWK publish(String path, String keyId) throws Exception {
		JWK key = new ECKeyGenerator(Curve.P_256).keyID(keyId).generate().toPublicJWK();
		this.server.serve(path, new JWKSet(key).toString());
		return key;
	}

	private static JWSHeader header(String keyId) {
		return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(keyId).build();
	}

}
