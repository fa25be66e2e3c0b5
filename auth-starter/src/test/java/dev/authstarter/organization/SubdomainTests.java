package dev.authstarter.organization;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spellings of the host, sent over sockets: with none of them a caller acts in the
 * organization of its token while the host names another one.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SubdomainTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW).with("org_id", "acme");

	private @Nullable ConfigurableApplicationContext direct;

	private @Nullable ConfigurableApplicationContext forwarded;

	@BeforeAll
	void start() {
		this.direct = start("none");
		this.forwarded = start("framework");
	}

	@AfterAll
	void stop() {
		Objects.requireNonNull(this.direct).close();
		Objects.requireNonNull(this.forwarded).close();
	}

	private static ConfigurableApplicationContext start(String forwardHeaders) {
		return new SpringApplicationBuilder(OrganizationApi.class)
			.properties("server.port=0", "server.forward-headers-strategy=" + forwardHeaders,
					"auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE,
					"auth-starter.organization.sources=path,subdomain,token",
					"auth-starter.organization.base-domain=api.example.com")
			.run();
	}

	@ParameterizedTest
	@CsvSource({ "acme.api.example.com, 200 acme", "acme.api.example.com., 200 acme", "acme.API.Example.com, 200 acme",
			"acme.api.example.com:8443, 200 acme", "acme.api.example.com.:8443, 200 acme", "ACME.api.example.com, 403",
			"globex.api.example.com, 403", "globex.api.example.com., 403", "globex.api.example.com.:443, 403",
			"GLOBEX.API.EXAMPLE.COM., 403", "x.acme.api.example.com, 403", "x.acme.api.example.com., 403",
			"globex.api.example.com.., 400", "globex..api.example.com, 400", ".api.example.com, 400", "., 400",
			"api.example.com, 200 acme", "api.example.com., 200 acme", "localhost, 200 acme", "127.0.0.1, 200 acme",
			"[::1], 200 acme", "other.example.com., 200 acme", "globexapi.example.com, 200 acme" })
	void takesTheOrganizationOfTheHost(String host, String answer) throws IOException {
		assertThat(call(this.direct, "GET /unscoped", "Host: " + host)).isEqualTo(answer);
	}

	/** If the target of a request contains a host, that host applies. */
	@ParameterizedTest
	@CsvSource({ "acme.api.example.com., 200 acme", "globex.api.example.com, 403", "globex.api.example.com., 403" })
	void takesTheOrganizationOfTheTarget(String host, String answer) throws IOException {
		assertThat(call(this.direct, "GET http://" + host + "/unscoped", "Host: " + host)).isEqualTo(answer);
		assertThat(call(this.direct, "GET http://" + host + "/unscoped", "Host: api.example.com")).isIn(answer, "400");
	}

	@ParameterizedTest
	@CsvSource({ "acme.api.example.com, 200 acme", "acme.api.example.com., 200 acme",
			"acme.api.example.com.:8443, 200 acme", "globex.api.example.com., 403", "GLOBEX.API.EXAMPLE.COM., 403",
			"globex.api.example.com.., 403", "acme.api.example.com.., 403", "globex..api.example.com, 403",
			".api.example.com, 403", "api.example.com., 200 acme",
			"'globex.api.example.com., acme.api.example.com', 403",
			"'acme.api.example.com., globex.api.example.com', 200 acme" })
	void takesTheOrganizationOfTheForwardedHost(String host, String answer) throws IOException {
		assertThat(call(this.forwarded, "GET /unscoped", "Host: localhost\r\nX-Forwarded-Host: " + host))
			.isEqualTo(answer);
	}

	@ParameterizedTest
	@CsvSource({ "acme.api.example.com., 200 acme", "globex.api.example.com., 400" })
	void holdsTheHostAgainstThePath(String host, String answer) throws IOException {
		assertThat(call(this.direct, "GET /organizations/acme", "Host: " + host)).isEqualTo(answer);
	}

	private static String call(@Nullable ConfigurableApplicationContext api, String target, String headers)
			throws IOException {
		int port = Objects.requireNonNull(api).getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write("%s HTTP/1.1\r\n%s\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
					.formatted(target, headers, VALID.signed())
					.getBytes(StandardCharsets.US_ASCII));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			String status = answer.split(" ", 3)[1];
			return status.equals("200") ? "200 " + answer.substring(answer.indexOf("\r\n\r\n") + 4) : status;
		}
	}

}
