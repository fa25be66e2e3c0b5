package dev.authstarter.keys;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class PublishedTrustedKeysTests {

	private static final JWSHeader TWIN = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("twin").build();

	private static final KeysTimes TIMES = new KeysTimes(Duration.ofMinutes(5), Duration.ofHours(1),
			Duration.ofSeconds(20));

	@Test
	void keepsKeysOfEachIssuerToItself() throws Exception {
		JWK one = new ECKeyGenerator(Curve.P_256).keyID("twin").generate().toPublicJWK();
		JWK other = new ECKeyGenerator(Curve.P_256).keyID("twin").generate().toPublicJWK();
		try (StubServer server = new StubServer()) {
			server.serve("/one", new JWKSet(one).toString());
			server.serve("/other", new JWKSet(other).toString());
			try (PublishedTrustedKeys keys = new PublishedTrustedKeys(
					new TrustedIssuers(List.of(issuer("one", server), issuer("other", server))), TIMES,
					new TestClock(TestApi.NOW))) {
				assertThat(keys.find("one", TWIN)).containsExactly(one);
				assertThat(keys.find("other", TWIN)).containsExactly(other);
				assertThat(keys.find("third", TWIN)).isEmpty();
				assertThat(server.asked()).containsExactly("/one", "/other");
			}
		}
	}

	@Test
	void fetchesNothingOnceClosed() throws Exception {
		try (StubServer server = new StubServer()) {
			PublishedTrustedKeys keys = new PublishedTrustedKeys(new TrustedIssuers(List.of(issuer("one", server))),
					TIMES, new TestClock(TestApi.NOW));
			keys.close();
			assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> keys.find("one", TWIN));
			assertThat(server.asked()).isEmpty();
		}
	}

	@Test
	void keepsNoApplicationAlive() throws Exception {
		try (StubServer server = new StubServer()) {
			server.serve("/one", "{}");
			try (PublishedTrustedKeys keys = new PublishedTrustedKeys(
					new TrustedIssuers(List.of(issuer("one", server))), TIMES, new TestClock(TestApi.NOW))) {
				assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> keys.find("one", TWIN));
				assertThat(Thread.getAllStackTraces().keySet())
					.filteredOn((thread) -> thread.getName().startsWith("auth-starter-keys-"))
					.isNotEmpty()
					.allMatch(Thread::isDaemon);
			}
		}
	}

	private static TrustedIssuer issuer(String name, StubServer server) {
		return new TrustedIssuer(name, name, Set.of("api"), server.uri("/" + name), List.of("ES256"));
	}

}
