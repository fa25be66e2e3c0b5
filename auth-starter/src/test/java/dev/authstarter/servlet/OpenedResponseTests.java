package dev.authstarter.servlet;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Refusals after the response was opened or written to.
 */
@ApiTest(OpenedResponseTests.Api.class)
class OpenedResponseTests {

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "nothing, bean", "writer, bean", "written, bean", "length, bean", "stream, bean", "streamed, bean",
			"writer, spring", "written, spring", "stream, spring", "writer, authentication" })
	void refusesBehindHandlerThatOpened(String opened, String by) {
		HttpResponse<String> response = this.http.getWithToken("/opened/%s/%s".formatted(opened, by), VALID.signed());
		assertThat(response.statusCode()).isEqualTo(by.equals("authentication") ? 401 : 403);
		assertThat(HttpCalls.json(response)).containsEntry("reason", switch (by) {
			case "bean" -> "insufficient_scope";
			case "spring" -> "access_denied";
			default -> "refused_by_rule";
		});
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
		assertThat(response.headers().allValues("Content-Length")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "writer", "written", "stream", "streamed" })
	void refusesBehindFilterThatOpened(String opened) {
		String forged = VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256);
		assertRefused(this.http.get("/me", "X-Opened", opened), 401, "missing_token");
		assertRefused(this.http.get("/me", "X-Opened", opened, "Authorization", "Bearer " + forged), 401,
				"bad_signature");
		String notes = "/organizations/org_acme/notes";
		assertRefused(this.http.get(notes, "X-Opened", opened, "Authorization",
				"Bearer " + VALID.with("scope", "none").signed()), 403, "insufficient_scope");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "writer", "written", "stream" })
	void refusesHead(String opened) {
		String path = "/opened/%s/bean".formatted(opened);
		String authorization = "Bearer " + VALID.signed();
		HttpResponse<String> head = this.http.send(
				this.http.request(path).header("Authorization", authorization).method("HEAD", BodyPublishers.noBody()));
		HttpResponse<String> get = this.http.get(path, "Authorization", authorization);
		assertThat(head.statusCode()).isEqualTo(403);
		assertThat(head.headers().firstValue("Content-Length")).isEqualTo(get.headers().firstValue("Content-Length"));
	}

	/**
	 * The sent part cannot be revoked, but the client notices that the answer is
	 * incomplete.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "flushed", "flushed-stream" })
	void breaksOffWhatIsOnItsWay(String opened) {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.http.getWithToken("/opened/%s/bean".formatted(opened), VALID.signed()))
			.withCauseInstanceOf(IOException.class);
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
	}

	private static void open(String how, HttpServletResponse response) throws IOException {
		switch (how) {
			case "writer" -> response.getWriter();
			case "written" -> response.getWriter().write("secrets of acme, \u00e4\u20ac");
			case "length" -> {
				response.setContentLength(3);
				response.getWriter().write("se");
			}
			case "stream" -> response.getOutputStream();
			case "streamed" -> response.getOutputStream().write(new byte[] { 1, 2, 3 });
			case "flushed" -> {
				response.getWriter().write("secrets of acme");
				response.flushBuffer();
			}
			case "flushed-stream" -> {
				response.getOutputStream().write(new byte[] { 1, 2, 3 });
				response.flushBuffer();
			}
			default -> {
				// Nothing is opened.
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ TestApi.class, Opening.class, Guarded.class })
	static class Api {

		/** Before Spring Security, as filters of metrics and compression are. */
		@Bean
		FilterRegistrationBean<OncePerRequestFilter> openingFilter() {
			FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(
					new OncePerRequestFilter() {

						@Override
						protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
								FilterChain chain) throws ServletException, IOException {
							open(String.valueOf(request.getHeader("X-Opened")), response);
							chain.doFilter(request, response);
						}

					});
			filter.setOrder(-1000);
			return filter;
		}

	}

	@RestController
	static final class Opening {

		private final Guarded guarded;

		Opening(Guarded guarded) {
			this.guarded = guarded;
		}

		@GetMapping("/opened/{how}/{by}")
		void open(@PathVariable String how, @PathVariable String by, HttpServletResponse response) throws IOException {
			OpenedResponseTests.open(how, response);
			switch (by) {
				case "bean" -> this.guarded.secrets();
				case "spring" -> throw new AccessDeniedException("on purpose");
				default -> throw new UsernameNotFoundException("on purpose");
			}
		}

	}

	@Service
	static class Guarded {

		@RequiresScope("read:secrets")
		List<String> secrets() {
			return List.of();
		}

	}

}
