package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.authstarter.fixture.StubServer;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.issuer.SecureTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(30)
class DiscoveryTests {

	private static final String OPENID = "/.well-known/openid-configuration";

	private static final String OAUTH = "/.well-known/oauth-authorization-server";

	private final StubServer server = new StubServer();

	private final IssuerDocuments http = new IssuerDocuments(new IssuerHttpClient(Duration.ofSeconds(20)), null);

	private final SecureTransport transport = new SecureTransport(Set.of());

	DiscoveryTests() throws IOException {
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({
			"https://acme.example, https://acme.example/.well-known/openid-configuration, https://acme.example/.well-known/oauth-authorization-server",
			"https://acme.example/, https://acme.example/.well-known/openid-configuration, https://acme.example/.well-known/oauth-authorization-server",
			"https://acme.example:8443/realms/a, https://acme.example:8443/realms/a/.well-known/openid-configuration, https://acme.example:8443/.well-known/oauth-authorization-server/realms/a",
			"https://acme.example/realms/a/, https://acme.example/realms/a/.well-known/openid-configuration, https://acme.example/.well-known/oauth-authorization-server/realms/a",
			"https://acme.example/r%20a, https://acme.example/r%20a/.well-known/openid-configuration, https://acme.example/.well-known/oauth-authorization-server/r%20a" })
	void knowsBothForms(String issuer, String openId, String oauth) {
		assertThat(Discovery.locations(URI.create(issuer))).containsExactly(URI.create(openId), URI.create(oauth));
	}

	@Test
	void prefersOpenIdMetadata() throws Exception {
		serve(OPENID, this.server.origin(), "https://keys.example/openid");
		serve(OAUTH, this.server.origin(), "https://keys.example/oauth");
		assertThat(jwksUri()).isEqualTo(URI.create("https://keys.example/openid"));
		assertThat(this.server.asked()).containsExactly(OPENID);
	}

	@Test
	void fallsBackToOAuthMetadata() throws Exception {
		serve(OAUTH, this.server.origin(), "https://keys.example/oauth");
		assertThat(jwksUri()).isEqualTo(URI.create("https://keys.example/oauth"));
		assertThat(this.server.asked()).containsExactly(OPENID, OAUTH);
	}

	@Test
	void saysWhyFirstFormIsUnusable() {
		this.server.serve(OPENID, 500, new byte[0]);
		assertThatExceptionOfType(IOException.class).isThrownBy(this::jwksUri)
			.withMessage(this.server.uri(OPENID) + " answered with status 500");
		assertThat(this.server.asked()).containsExactly(OPENID, OAUTH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://mallory.example", "%s/", "HTTP%s", "" })
	void refusesMetadataOfAnotherIssuer(String issuer) {
		serve(OPENID, issuer.formatted(this.server.origin()), "https://keys.example/jwks");
		assertThatExceptionOfType(IOException.class).isThrownBy(this::jwksUri)
			.withMessage("%s names '%s' as the issuer, but the configured issuer is '%s'; both must be identical",
					this.server.uri(OPENID), issuer.formatted(this.server.origin()), this.server.origin());
	}

	@Test
	void refusesMetadataThatNameNoIssuer() {
		Discovery discovery = new Discovery("https://acme.example", this.http, this.transport);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> discovery.jwksUri(URI.create("https://acme.example" + OPENID),
					Map.of("jwks_uri", "https://acme.example/jwks")))
			.withMessageContaining("names nothing as the issuer");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "jwks", "/jwks", "http://[", "http://keys.example/jwks", "http://10.0.0.1/jwks",
			"file:///etc/passwd", "ftp://localhost/jwks", "https:jwks", "https:///jwks", "http://localhost.example/",
			"http://localhost/jwks", "http://127.0.0.1/jwks", "http://[::1]/jwks" })
	void refusesInsecureKeySetOfSecureIssuer(String jwksUri) {
		Discovery discovery = new Discovery("https://acme.example", this.http, this.transport);
		URI location = URI.create("https://acme.example" + OPENID);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(
					() -> discovery.jwksUri(location, Map.of("issuer", "https://acme.example", "jwks_uri", jwksUri)))
			.withMessage(location + " has no https 'jwks_uri'");
	}

	@Test
	void refusesKeySetThatIsNoText() {
		Discovery discovery = new Discovery("https://acme.example", this.http, this.transport);
		URI location = URI.create("https://acme.example" + OPENID);
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> discovery.jwksUri(location, Map.of("issuer", "https://acme.example", "jwks_uri", 7)))
			.withMessageEndingWith("has no https 'jwks_uri'");
	}

	@Test
	void acceptsKeySetOnThisMachineOfIssuerOnThisMachine() throws Exception {
		serve(OPENID, this.server.origin(), "http://127.0.0.1:8080/jwks");
		assertThat(jwksUri()).isEqualTo(URI.create("http://127.0.0.1:8080/jwks"));
	}

	private void serve(String path, String issuer, String jwksUri) {
		this.server.serve(path, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, jwksUri));
	}

	private URI jwksUri() throws IOException {
		return new Discovery(this.server.origin(), this.http, this.transport)
			.jwksUri(System.nanoTime() + Duration.ofSeconds(20).toNanos());
	}

}
