package dev.authstarter.reactive;

import java.util.List;
import java.util.Set;

import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.annotation.PostConstruct;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.server.ServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that configures WebFlux itself, catches exceptions in its controllers,
 * dispatches requests again and applies its own advice to beans with rules.
 */
@ApiTest(value = ReactiveSeamsTests.Application.class,
		properties = { "spring.main.web-application-type=reactive",
				"spring.security.oauth2.resourceserver.jwt.principal-claim-name=client_id",
				"auth-starter.claims.organizations=organizations" })
class ReactiveSeamsTests {

	private final TestToken token = TestToken.validAt(TestApi.NOW).with("organizations", List.of("org_acme"));

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "/acting", "/acting?id=org_other&name=x&roles=owner", "/acting?organization=org_other" })
	void bindsNoOrganizationFromTheRequest(String path) {
		assertThat(this.http.getWithToken(path, this.token.signed()).body()).isEqualTo("org_acme");
	}

	@Test
	void answersMissingOrganizationBeforeTheControllerCatchesIt() {
		assertThat(this.http.answer("/acting", this.token.without("organizations").signed()))
			.isEqualTo("403 organization_missing");
	}

	@ParameterizedTest
	@CsvSource({ "http://a[b", "null", "https://app.example" })
	void answersOddOriginAsAnyOther(String origin) {
		assertThat(this.http.get("/acting", "Origin", origin).statusCode()).isEqualTo(401);
	}

	@Test
	void actsInOneOrganizationPerRequest() {
		TestToken ofBoth = this.token.with("organizations", List.of("org_acme", "org_b"));
		assertThat(this.http.answer("/organizations/org_b/end", ofBoth.signed())).isEqualTo("200");
		assertThat(this.http.answer("/organizations/org_acme/again", ofBoth.signed()))
			.isEqualTo("400 organization_ambiguous");
		assertThat(this.http.answer("/organizations/org_b/again", ofBoth.signed())).isEqualTo("200");
	}

	@Test
	void leavesAdviceOfTheApplicationInPlace() {
		assertThat(this.http.getWithToken("/advised", this.token.signed()).body()).isEqualTo("advised");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, Handlers.class, Notes.class, Web.class, Logged.class })
	static class Application {

		@Bean
		Annotated annotated() {
			return new Annotated(Set.of());
		}

	}

	/** The documented way to take full control. */
	@Configuration(proxyBeanMethods = false)
	static class Web extends WebFluxConfigurationSupport {

	}

	/**
	 * Advice around everything in a bean with rules.
	 */
	@Aspect
	static class Logged {

		@Before("execution(* dev.authstarter.reactive.ReactiveSeamsTests.Notes.*(..))")
		void before() {
		}

	}

	/**
	 * A bean with a rule.
	 */
	static class Notes {

		@RequiresScope("read:notes")
		Mono<String> read() {
			return Mono.just("advised");
		}

	}

	/**
	 * A bean whose class has an annotation that its callbacks do not need.
	 */
	@PreAuthorize("hasAuthority('SCOPE_read:notes')")
	static class Annotated {

		private final Set<String> names;

		Annotated(Set<String> names) {
			this.names = names;
		}

		@PostConstruct
		public void start() {
			assertThat(this.names).isEmpty();
		}

		public Mono<Integer> count() {
			return Mono.just(this.names.size());
		}

		@Override
		public String toString() {
			return "annotated";
		}

	}

	/**
	 * Catches everything itself.
	 */
	@RestController
	static class Handlers {

		private final Notes notes;

		private final DispatcherHandler dispatcher;

		Handlers(Notes notes, DispatcherHandler dispatcher) {
			this.notes = notes;
			this.dispatcher = dispatcher;
		}

		@GetMapping("/acting")
		String acting(Organization organization) {
			return organization.id();
		}

		@GetMapping("/advised")
		Mono<String> advised() {
			return this.notes.read();
		}

		@GetMapping("/organizations/{organizationId}/again")
		Mono<Void> again(ServerWebExchange exchange) {
			return this.dispatcher
				.handle(exchange.mutate().request((request) -> request.path("/organizations/org_b/end")).build());
		}

		@GetMapping("/organizations/{organizationId}/end")
		String end(Organization organization) {
			return organization.id();
		}

		@ExceptionHandler(Exception.class)
		String caught(Exception exception) {
			return "caught " + exception;
		}

	}

}
