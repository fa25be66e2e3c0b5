package dev.authstarter.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.test.issuer.TestIssuer;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A small API on a real port that trusts one issuer.
 */
final class TestApi implements AutoCloseable {

	static final String AUDIENCE = "https://api.acme.example";

	private final ConfigurableApplicationContext context;

	private final URI greeting;

	private final HttpClient http = HttpClient.newHttpClient();

	private TestApi(ConfigurableApplicationContext context) {
		this.context = context;
		this.greeting = URI.create("http://localhost:%s/greeting"
			.formatted(context.getEnvironment().getRequiredProperty("local.server.port")));
	}

	/**
	 * Start an API.
	 * @param furtherArguments as on the command line, stronger than any file of
	 * properties
	 */
	static TestApi trusting(TestIssuer issuer, Clock clock, String... furtherArguments) {
		List<String> arguments = new ArrayList<>(
				List.of("--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=error",
						"--auth-starter.audience=" + AUDIENCE, "--auth-starter.issuer=" + issuer.issuer()));
		arguments.addAll(List.of(furtherArguments));
		return new TestApi(new SpringApplicationBuilder(Application.class)
			.initializers((context) -> ((GenericApplicationContext) context)
				.registerBean(AuthStarterAutoConfiguration.CLOCK, Clock.class, () -> clock))
			.run(arguments.toArray(String[]::new)));
	}

	/**
	 * Call the API.
	 * @return the answer's status
	 */
	int call(String token) throws IOException, InterruptedException {
		return exchange(token).statusCode();
	}

	HttpResponse<String> exchange(String token) throws IOException, InterruptedException {
		return this.http.send(request(token), BodyHandlers.ofString());
	}

	CompletableFuture<Integer> callAsync(String token) {
		return this.http.sendAsync(request(token), BodyHandlers.ofString()).thenApply(HttpResponse::statusCode);
	}

	private HttpRequest request(String token) {
		return HttpRequest.newBuilder(this.greeting).header("Authorization", "Bearer " + token).build();
	}

	static String validToken(TestIssuer issuer) {
		return issuer.accessToken(AUDIENCE, Map.of());
	}

	/**
	 * Make a token that nothing is wrong with but who signed it.
	 */
	static String tokenSignedBy(String keyId, TestIssuer issuer) {
		return issuer.sign(Map.of("kid", keyId), issuer.accessTokenClaims(AUDIENCE, Map.of()));
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestController
	static class Application {

		@GetMapping("/greeting")
		String greeting() {
			return "hello";
		}

	}

}
