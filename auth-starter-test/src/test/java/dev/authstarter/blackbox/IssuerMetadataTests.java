package dev.authstarter.blackbox;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.authstarter.test.issuer.TestIssuer;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.authstarter.blackbox.TestApi.validToken;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class IssuerMetadataTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private final TestClock clock = new TestClock();

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/realms/acme", "/realms/acme/" })
	void findsKeysByOpenIdMetadata(String path) throws Exception {
		try (TestIssuer issuer = TestIssuer.start(path, this.clock)) {
			issuer.withoutOAuthMetadata();
			try (TestApi api = TestApi.trusting(issuer, this.clock)) {
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/realms/acme", "/realms/acme/" })
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

	@ParameterizedTest
	@MethodSource("faults")
	void isUnavailableAtStartAndRecoversByItself(Consumer<TestIssuer> fault) throws Exception {
		try (TestIssuer issuer = TestIssuer.start("", this.clock)) {
			fault.accept(issuer);
			try (TestApi api = TestApi.trusting(issuer, this.clock, "--auth-starter.keys.fetch-timeout=500ms")) {
				HttpResponse<String> unavailable = api.exchange(validToken(issuer));
				assertThat(unavailable.statusCode()).isEqualTo(503);
				assertThat(unavailable.headers().firstValue("Retry-After")).contains("5");
				issuer.recover();
				this.clock.advance(Duration.ofSeconds(5));
				assertThat(api.call(validToken(issuer))).isEqualTo(200);
			}
		}
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
