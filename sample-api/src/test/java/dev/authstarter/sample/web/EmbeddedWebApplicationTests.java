package dev.authstarter.sample.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedWebApplicationTests {

	private final int port = TestSocketUtils.findAvailableTcpPort();

	private HttpServer issuer;

	/** Serve the issuer's metadata, which the web application reads when it starts. */
	@BeforeEach
	void start() throws IOException {
		this.issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.issuer.createContext("/.well-known/openid-configuration", (exchange) -> {
			byte[] metadata = """
					{"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
					"jwks_uri": "%1$s/jwks", "subject_types_supported": ["public"]}""".formatted(url())
				.getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, metadata.length);
			exchange.getResponseBody().write(metadata);
			exchange.close();
		});
		this.issuer.start();
	}

	@AfterEach
	void stop() {
		this.issuer.stop(0);
	}

	/** Environment variables such as SERVER_ADDRESS are meant for the API. */
	@ParameterizedTest
	@CsvSource({ "server.address, 127.0.0.2", "server.servlet.context-path, /api" })
	void staysOnThisMachineAtItsOwnPath(String property, String ofTheApi) throws Exception {
		EmbeddedWebApplication web = new EmbeddedWebApplication(
				new MockEnvironment().withProperty("sample.web.port", String.valueOf(this.port))
					.withProperty("sample.web.renew-before", "1m")
					.withProperty("auth-starter.issuer", url())
					.withProperty("local.server.port", "8080"));
		System.setProperty(property, ofTheApi);
		try {
			web.start();
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create("http://localhost:%d/".formatted(this.port)))
					.header("Accept", "text/html")
					.build(), BodyHandlers.ofString());
			assertThat(answer.statusCode()).isEqualTo(302);
			assertThat(answer.headers().firstValue("Location").orElseThrow())
				.endsWith("/oauth2/authorization/" + WebApplicationConfiguration.REGISTRATION);
		}
		finally {
			System.clearProperty(property);
			web.stop();
		}
	}

	private String url() {
		return "http://localhost:" + this.issuer.getAddress().getPort();
	}

}
