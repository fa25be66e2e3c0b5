package dev.authstarter.keys;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.issuer.IssuerResolver;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static dev.authstarter.keys.WaitingKeys.find;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class RemoteTrustedKeysTests {

	private static final Clock CLOCK = new TestClock(Instant.parse("2026-03-01T10:00:00Z"));

	private final StubServer server = new StubServer();

	private final TrustedIssuer one = issuer("one", "/one");

	private final TrustedIssuer two = issuer("two", "/two");

	private final RemoteTrustedKeys keys = keys(new TrustedIssuers(List.of(this.one, this.two)));

	private final RemoteTrustedKeys growing = keys(growingIssuers());

	RemoteTrustedKeysTests() throws IOException {
	}

	private static RemoteTrustedKeys keys(TrustedIssuers issuers) {
		return new RemoteTrustedKeys(issuers, RemoteTrustedKeysTests::source,
				new JwkSetLifetimes(Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofSeconds(10)), 100, CLOCK,
				new AuthListeners(List::of, CLOCK));
	}

	/** The configured issuers, and others that the application may name. */
	private TrustedIssuers growingIssuers() {
		AtomicReference<@Nullable TrustedIssuers> issuers = new AtomicReference<>();
		new ApplicationContextRunner()
			.withUserConfiguration(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
					IssuerAutoConfiguration.class)
			.withBean(IssuerResolver.class, () -> (issuer) -> null)
			.withPropertyValues(Stream.of(this.one, this.two)
				.flatMap((issuer) -> Stream
					.of("issuer=" + issuer.issuer(), "audience=audience", "algorithms=ES256",
							"jwks-uri=" + issuer.jwksUri())
					.map((property) -> "auth-starter.issuers." + issuer.name() + "." + property))
				.toArray(String[]::new))
			.run((started) -> issuers.set(started.getBean(TrustedIssuers.class)));
		return Objects.requireNonNull(issuers.get());
	}

	private static KeySource source(TrustedIssuer issuer) {
		Duration timeout = Duration.ofSeconds(10);
		return new RemoteJwkSet(issuer, new IssuerDocuments(new IssuerHttpClient(timeout), null),
				new SecureTransport(Set.of()), timeout);
	}

	@AfterEach
	void stop() {
		this.keys.close();
		this.growing.close();
		this.server.close();
	}

	@Test
	void keepsKeysOfIssuersApart() throws Exception {
		JWK one = publish("/one", "same");
		JWK two = publish("/two", "same");
		assertThat(find(this.keys.of(this.one), header("same"))).containsExactly(one);
		assertThat(find(this.keys.of(this.two), header("same"))).containsExactly(two);
	}

	@Test
	void outageOfOneIssuerIsNotTheOthers() throws Exception {
		JWK two = publish("/two", "same");
		assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
			.isThrownBy(() -> find(this.keys.of(this.one), header("same")));
		assertThat(find(this.keys.of(this.two), header("same"))).containsExactly(two);
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
				TrustedIssuer issuer = (i % 2 == 0) ? this.one : this.two;
				requests.execute(() -> {
					assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
						.isThrownBy(() -> find(this.keys.of(issuer), header("same")));
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

	/** Together they hold as many request threads as one configured issuer does. */
	@Test
	void issuersThatAreNamedAtRunTimeShareTheRequestsThatMayWait() throws Exception {
		JWK one = publish("/one", "same");
		CountDownLatch hanging = new CountDownLatch(1);
		this.server.serve("/realm", (exchange) -> {
			try {
				hanging.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		ExecutorService requests = Executors.newCachedThreadPool();
		AtomicInteger refused = new AtomicInteger();
		try {
			for (int i = 0; i < 60; i++) {
				TrustedIssuer realm = issuer("realm-" + (i % 6), "/realm");
				requests.execute(() -> {
					assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
						.isThrownBy(() -> find(this.growing.of(realm), header("same")));
					refused.incrementAndGet();
				});
			}
			await().atMost(Duration.ofSeconds(5)).until(() -> refused.get() == 60 - 100 / 3);
			assertThat(find(this.growing.of(this.one), header("same"))).containsExactly(one);
		}
		finally {
			hanging.countDown();
			requests.shutdownNow();
		}
	}

	@Test
	void asksSomeOfTheIssuersThatAreNamedAtRunTimeAtATime() throws Exception {
		CountDownLatch hanging = new CountDownLatch(1);
		this.server.serve("/realm", (exchange) -> {
			try {
				hanging.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		ExecutorService requests = Executors.newCachedThreadPool();
		try {
			for (int i = 0; i < 100; i++) {
				TrustedIssuer realm = issuer("realm-" + i, "/realm");
				requests.execute(() -> assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
					.isThrownBy(() -> find(this.growing.of(realm), header("same"))));
			}
			await().until(() -> this.server.asked().size() == 20);
			assertThat(threads()).hasSizeLessThanOrEqualTo(20);
		}
		finally {
			hanging.countDown();
			requests.shutdownNow();
		}
	}

	@Test
	void keepsKeysOfIssuersThatAreNamedAtRunTimeApart() throws Exception {
		JWK one = publish("/realm", "same");
		JWK two = publish("/other", "same");
		TrustedIssuer realm = issuer("realm", "/realm");
		assertThat(find(this.growing.of(realm), header("same"))).containsExactly(one);
		assertThat(find(this.growing.of(issuer("other", "/other")), header("same"))).containsExactly(two);
		assertThat(find(this.growing.of(issuer("realm", "/other")), header("same"))).containsExactly(two);
		assertThat(WaitingKeys.version(this.growing.of(realm)))
			.isSameAs(WaitingKeys.version(this.growing.of(issuer("realm", "/realm"))))
			.isNotSameAs(WaitingKeys.version(this.growing.of(issuer("realm", "/other"))));
		assertThat(this.growing.keyIds(realm)).containsExactly("same");
	}

	@Test
	void reportsConfiguredIssuersAlone() throws Exception {
		publish("/realm", "same");
		find(this.growing.of(issuer("realm", "/realm")), header("same"));
		assertThat(this.growing.status()).extracting(JwkSetMonitor.Status::issuer).containsExactly("one", "two");
	}

	@Test
	void fetchesOnNamedDaemonThreads() throws Exception {
		publish("/one", "same");
		find(this.keys.of(this.one), header("same"));
		assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
	}

	@Test
	void endsItsThreads() throws Exception {
		publish("/one", "same");
		find(this.keys.of(this.one), header("same"));
		this.keys.close();
		await().until(() -> threads().isEmpty());
		assertThatExceptionOfType(WaitingKeys.KeysUnavailableException.class)
			.isThrownBy(() -> find(this.keys.of(this.two), header("same")));
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("auth-starter-keys-"))
			.toList();
	}

	private TrustedIssuer issuer(String issuer, String jwksPath) {
		return new TrustedIssuer(issuer, issuer, Set.of("audience"), this.server.uri(jwksPath), List.of("ES256"),
				List.of());
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
