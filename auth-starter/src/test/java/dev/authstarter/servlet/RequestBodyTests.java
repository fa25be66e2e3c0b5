package dev.authstarter.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The body is not read to find a token, and a token in the body is not accepted.
 */
@ApiTest(RequestBodyTests.Api.class)
class RequestBodyTests {

	private static final String FORM = "application/x-www-form-urlencoded";

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@ValueSource(strings = { "/raw", "/raw/parameter", "/own/raw", "/own/raw/parameter" })
	void leavesTheBodyOfAFormToTheHandler(String path) {
		assertThat(post(path, FORM, "name=a%20b&access_token=x", this.good.signed()).body())
			.isEqualTo(path.endsWith("parameter") ? "a b x" : "name=a%20b&access_token=x");
		assertThat(post(path, FORM + ";charset=utf-8", "access_token=x&name=c", this.good.signed()).body())
			.isEqualTo(path.endsWith("parameter") ? "c x" : "access_token=x&name=c");
	}

	@ParameterizedTest
	@ValueSource(strings = { FORM, "text/plain", "application/json" })
	void leavesEveryOtherBodyToTheHandler(String type) {
		assertThat(post("/raw", type, "name=b", this.good.signed()).body()).isEqualTo("name=b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw", "/own/raw" })
	void acceptsNoTokenInAForm(String path) {
		HttpResponse<String> response = post(path, FORM, "access_token=" + this.good.signed(), null);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(HttpCalls.json(response)).containsEntry("reason", "missing_token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/raw", "/own/raw" })
	void decidesByTheHeaderAloneWhatTheFormSays(String path) {
		String form = "access_token=" + this.good.signed();
		HttpResponse<String> response = post(path, FORM, form, this.good.with("scope", "none").signed());
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(HttpCalls.json(response)).containsEntry("reason", "insufficient_scope");
	}

	private HttpResponse<String> post(String path, String type, String body, @Nullable String token) {
		HttpRequest.Builder request = this.http.request(path)
			.header("Content-Type", type)
			.POST(BodyPublishers.ofString(body));
		return this.http.send((token != null) ? request.header("Authorization", "Bearer " + token) : request);
	}

	/**
	 * An API that reads bodies itself, in the library's chain and in its own.
	 */
	@Import({ TestApi.class, Raw.class })
	static class Api {

		@Bean
		@Order(1)
		SecurityFilterChain own(HttpSecurity http) {
			http.securityMatcher("/own/**");
			http.csrf(AbstractHttpConfigurer::disable);
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2ResourceServer((resourceServer) -> resourceServer.jwt(withDefaults()));
			return http.build();
		}

	}

	@RestController
	static class Raw {

		@PostMapping({ "/raw", "/own/raw" })
		@RequiresScope("read:notes")
		String raw(InputStream body) throws IOException {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}

		@PostMapping({ "/raw/parameter", "/own/raw/parameter" })
		@RequiresScope("read:notes")
		String parameter(String name, HttpServletRequest request) {
			return name + " " + request.getParameter("access_token");
		}

	}

}
