package dev.authstarter.reactive;

import java.lang.reflect.Method;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.resilience.retry.MethodRetryPredicate;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans of an application that configure Spring Security on WebFlux take effect.
 */
@ApiTest(value = ReactiveBeansTests.Application.class, properties = "spring.main.web-application-type=reactive")
class ReactiveBeansTests {

	private static final String ORIGIN = "https://app.example";

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@Autowired
	ConcurrentLinkedQueue<String> threads;

	@Test
	void answersPreflightAsTheSourceOfTheApplicationSays() {
		HttpResponse<String> response = this.http.send(this.http.request("/notes")
			.method("OPTIONS", BodyPublishers.noBody())
			.header("Origin", ORIGIN)
			.header("Access-Control-Request-Method", "GET")
			.header("Access-Control-Request-Headers", "authorization"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
	}

	@Test
	void letsBrowsersReadRefusalsAsTheSourceOfTheApplicationSays() {
		HttpResponse<String> response = this.http.get("/notes", "Origin", ORIGIN);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
	}

	@Test
	void convertsTokensWhereTheConverterMayWait() {
		String bearer = this.token.signed();
		for (int i = 0; i < 2; i++) {
			assertThat(this.http.getWithToken("/notes", bearer).body()).startsWith("webflux-http");
		}
		assertThat(this.threads).hasSizeGreaterThanOrEqualTo(2)
			.allSatisfy((thread) -> assertThat(thread).startsWith("boundedElastic"));
	}

	@Test
	void answersRefusalWithoutHeadersOfTheAnswerThatIsNotSent() {
		HttpResponse<String> response = this.http.getWithToken("/export", this.token.signed());
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.headers().map()).doesNotContainKeys("content-encoding", "content-disposition", "etag");
	}

	/** An exhausted retry would be a failure of the server. */
	@ParameterizedTest
	@ValueSource(strings = { "/retried/rule", "/retried/pre" })
	void repeatsNoRefusedCalls(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).statusCode()).isEqualTo(403);
		assertThat(RetryNever.calls).hasValue(0);
	}

	@Test
	void opensHandlerThatIsMappedToHeadAlone() {
		HttpResponse<String> response = this.http
			.send(this.http.request("/alive").method("HEAD", BodyPublishers.noBody()));
		assertThat(response.statusCode()).isEqualTo(204);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@EnableResilientMethods
	@Import({ TestTrust.class, Handlers.class, Files.class, Retried.class, RetriedHandlers.class })
	static class Application {

		@Bean
		CorsConfigurationSource corsConfigurationSource() {
			CorsConfiguration configuration = new CorsConfiguration();
			configuration.setAllowedOrigins(List.of(ORIGIN));
			configuration.setAllowedHeaders(List.of("authorization"));
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", configuration);
			return source;
		}

		@Bean
		ConcurrentLinkedQueue<String> threads() {
			return new ConcurrentLinkedQueue<>();
		}

		@Bean
		JwtAuthenticationConverter converter(ConcurrentLinkedQueue<String> threads) {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			Collection<GrantedAuthority> granted = AuthorityUtils.createAuthorityList("SCOPE_read:notes");
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> {
				threads.add(Thread.currentThread().getName());
				return granted;
			});
			return converter;
		}

	}

	/**
	 * Counts what could be repeated.
	 */
	static class RetryNever implements MethodRetryPredicate {

		static final AtomicInteger calls = new AtomicInteger();

		@Override
		public boolean shouldRetry(Method method, Throwable failure) {
			calls.incrementAndGet();
			return false;
		}

	}

	/**
	 * A bean whose failed calls are repeated.
	 */
	static class Retried {

		@Retryable(predicate = RetryNever.class)
		@RequiresScope("write:notes")
		Mono<String> rule() {
			return Mono.just("rule");
		}

		@Retryable(predicate = RetryNever.class)
		@PreAuthorize("hasRole('absent')")
		public Mono<String> pre() {
			return Mono.just("pre");
		}

	}

	@RestController
	record RetriedHandlers(Retried retried) {

		@GetMapping("/retried/rule")
		Mono<String> rule() {
			return this.retried.rule();
		}

		@GetMapping("/retried/pre")
		Mono<String> pre() {
			return this.retried.pre();
		}

	}

	/**
	 * A bean with a rule that no caller of the test fulfils.
	 */
	static class Files {

		@RequiresScope("write:notes")
		Mono<String> read() {
			return Mono.just("file");
		}

	}

	/**
	 * Handlers.
	 */
	@RestController
	static class Handlers {

		private final Files files;

		Handlers(Files files) {
			this.files = files;
		}

		@GetMapping("/notes")
		@RequiresScope("read:notes")
		Mono<String> notes() {
			return Mono.fromSupplier(() -> Thread.currentThread().getName());
		}

		@GetMapping("/export")
		ResponseEntity<Mono<String>> export() {
			return ResponseEntity.ok()
				.header("Content-Encoding", "gzip")
				.header("Content-Disposition", "attachment; filename=notes.csv")
				.eTag("\"1\"")
				.body(this.files.read());
		}

		@RequestMapping(path = "/alive", method = RequestMethod.HEAD)
		@PublicEndpoint
		ResponseEntity<Void> alive() {
			return ResponseEntity.noContent().build();
		}

	}

}
