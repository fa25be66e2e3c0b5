package dev.authstarter.blackbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.authstarter.blackbox.TestApi.validToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class IssuerMetadataTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final TestClock clock = new TestClock();

	@ParameterizedTest
	@ValueSource(strings = { "/", "/realms/acme" })
	void findsKeysByOpenIdMetadata(String path) throws Exception {
		try (TestIssuer issuer = TestIssuer.start(path, this.clock)) {
			issuer.withoutOAuthMetadata();
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/realms/acme/" })
	void findsKeysByOAuthMetadata(String path) throws Exception {
		try (TestIssuer issuer = TestIssuer.start(path, this.clock)) {
			issuer.withoutOpenIdMetadata();
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
				assertThat(issuer.metadataFetches()).isEqualTo(2);
			}
		}
	}

	@Test
	void needsNoMetadataWhereKeySetIsConfigured() throws Exception {
		try (TestIssuer issuer = TestIssuer.start("", this.clock)) {
			issuer.withoutOpenIdMetadata();
			issuer.withoutOAuthMetadata();
			try (TestApi api = TestApi.trusting(issuer, this.clock, "--auth-starter.jwks-uri=" + issuer.jwksUri())) {
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
				assertThat(issuer.metadataFetches()).isZero();
			}
		}
	}

	static Stream<Named<Consumer<TestIssuer>>> faults() {
		return Stream.of(Named.of("down", TestIssuer::down), Named.of("status 500", (issuer) -> issuer.answer(500)),
				Named.of("hang", TestIssuer::hang), Named.of("no metadata", (issuer) -> {
					issuer.withoutOpenIdMetadata();
					issuer.withoutOAuthMetadata();
				}), Named.of("another issuer", (issuer) -> issuer.nameIssuer("https://mallory.example")),
				Named.of("issuer with a slash more", (issuer) -> issuer.nameIssuer(issuer.issuer() + "/")),
				Named.of("key set over plain http", (issuer) -> issuer.nameJwksUri("http://keys.example.com/jwks")),
				Named.of("key set in a file", (issuer) -> issuer.nameJwksUri("file:///etc/passwd")),
				Named.of("key set that is no URI", (issuer) -> issuer.nameJwksUri("http://[")),
				Named.of("key set at an impossible port", (issuer) -> issuer.nameJwksUri("https://localhost:99999/")),
				Named.of("key set broken from the start", TestIssuer::serveGarbageKeySet));
	}

	@Test
	void isUnavailableAtStartAndRecoversByItself() throws Exception {
		try (TestIssuer issuer = TestIssuer.start("", this.clock)) {
			issuer.down();
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				isUnavailable(api.exchange(validToken(issuer)));
				issuer.recover();
				this.clock.advance(Duration.ofSeconds(5));
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
			}
		}
	}

	@TestInstance(Lifecycle.PER_CLASS)
	@Nested
	class WithoutUsableKeys {

		private final TestClock clock = new TestClock();

		private final TestIssuer issuer = TestIssuer.start("", this.clock);

		private final TestApi api = TestApi.trusting(this.issuer, this.clock,
				"--auth-starter.keys.fetch-timeout=500ms");

		@BeforeEach
		void forgetWhereKeysAre() throws Exception {
			this.clock.advance(Duration.ofHours(2));
			this.issuer.answerKeySet(404);
			isUnavailable(this.api.exchange(validToken(this.issuer)));
			this.issuer.recover();
			this.clock.advance(WINDOW);
		}

		@AfterAll
		void close() {
			this.api.close();
			this.issuer.close();
		}

		@ParameterizedTest
		@MethodSource("dev.authstarter.blackbox.IssuerMetadataTests#faults")
		void isUnavailableAndRecoversByItself(Consumer<TestIssuer> fault) throws Exception {
			fault.accept(this.issuer);
			isUnavailable(this.api.exchange(validToken(this.issuer)));
			this.issuer.recover();
			// A fetch that hung may fail only now, so that one pause is not always
			// enough.
			await().until(() -> {
				this.clock.advance(Duration.ofSeconds(5));
				return this.api.call(validToken(this.issuer)) == 200;
			});
		}

	}

	private static void isUnavailable(HttpResponse<String> answer) {
		assertThat(answer.statusCode()).isEqualTo(503);
		assertThat(answer.headers().firstValue("Retry-After")).contains("5");
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(answer.body()).contains("keys_unavailable").doesNotContain("localhost");
	}

	@Test
	void neverUsesMetadataOfAnotherIssuer() throws Exception {
		try (TestIssuer issuer = TestIssuer.start("", this.clock); TestIssuer mallory = TestIssuer.start()) {
			issuer.nameIssuer(mallory.issuer());
			issuer.nameJwksUri(mallory.jwksUri().toString());
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				for (int window = 0; window < 3; window++) {
					assertThat(api.call(validToken(issuer))).isEqualTo(503);
					this.clock.advance(WINDOW);
				}
				assertThat(issuer.fetches()).isZero();
				assertThat(mallory.fetches()).isZero();
			}
		}
	}

	@Test
	void followsKeySetThatMoved() throws Exception {
		try (TestIssuer issuer = TestIssuer.start("", this.clock)) {
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
				issuer.answerKeySet(404);
				issuer.nameJwksUri(issuer.issuer() + "/moved/jwks");
				issuer.rotateKeys();
				assertThat(api.call(validToken(issuer))).isEqualTo(401);
				this.clock.advance(WINDOW);
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
			}
		}
	}

}
