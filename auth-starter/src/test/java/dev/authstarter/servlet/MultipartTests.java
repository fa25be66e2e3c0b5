package dev.authstarter.servlet;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Uploads require a caller with the right to upload: the body of other requests is
 * neither parsed nor awaited.
 */
class MultipartTests {

	private static final String PATH = "/organizations/org_acme/files";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	private static final String PART = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n";

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@ParameterizedTest
	@CsvSource({ "'', 401", "read:notes, 403" })
	void refusesBeforeTheBodyArrives(String scope, int status) throws IOException {
		start();
		String authorization = scope.isEmpty() ? ""
				: "Authorization: Bearer " + VALID.with("scope", scope).signed() + "\r\n";
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
			socket.setSoTimeout(20_000);
			socket.getOutputStream()
				.write(("POST %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Type: multipart/form-data; boundary=b\r\n"
						+ "Content-Length: 1000000\r\n\r\n%sand so on")
					.formatted(PATH, authorization, PART)
					.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			BufferedReader answer = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
			assertThat(answer.readLine()).startsWith("HTTP/1.1 " + status);
		}
	}

	@Test
	void takesUploadsOfCallersWhoMay() {
		start();
		HttpResponse<String> response = upload(new HttpCalls(port()), "content");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("7 bytes");
	}

	@Test
	void refusesUploadsThatAreTooLarge() {
		start("spring.servlet.multipart.max-file-size=1KB");
		assertThat(upload(new HttpCalls(port()), "x".repeat(2000)).statusCode()).isEqualTo(413);
	}

	@ParameterizedTest
	@CsvSource({ "false, false", "true, true" })
	void leavesItToTheApplicationWhereItSays(String configured, boolean lazily) {
		start("spring.servlet.multipart.resolve-lazily=" + configured);
		assertThat(properties().isResolveLazily()).isEqualTo(lazily);
	}

	@Test
	void changesNothingElseOfUploads() {
		start("spring.servlet.multipart.max-file-size=1KB");
		assertThat(properties().isResolveLazily()).isTrue();
		assertThat(properties().getMaxFileSize().toBytes()).isEqualTo(1024);
		assertThat(properties().isEnabled()).isTrue();
	}

	private static HttpResponse<String> upload(HttpCalls http, String content) {
		return http.send(http.request(PATH)
			.header("Authorization", "Bearer " + VALID.with("scope", "write:files").signed())
			.header("Content-Type", "multipart/form-data; boundary=b")
			.POST(BodyPublishers.ofString(PART + content + "\r\n--b--\r\n")));
	}

	private MultipartProperties properties() {
		return Objects.requireNonNull(this.context).getBean(MultipartProperties.class);
	}

	private int port() {
		return Objects.requireNonNull(this.context)
			.getEnvironment()
			.getRequiredProperty("local.server.port", Integer.class);
	}

	private void start(String... properties) {
		this.context = new SpringApplicationBuilder(Api.class)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Files.class })
	static class Api {

	}

	@RestController
	static final class Files {

		@PostMapping(PATH)
		@RequiresScope("write:files")
		String upload(@RequestParam MultipartFile file) {
			return file.getSize() + " bytes";
		}

	}

}
