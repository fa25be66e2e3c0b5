package dev.authstarter.reactive;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import dev.authstarter.organization.OrganizationPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * Log lines of handlers of WebFlux name the caller, as those of Spring MVC do, where
 * Reactor propagates contexts to threads.
 */
@Tag("server")
class ReactiveLogTests {

	private static final String ACME = "/organizations/org_acme/";

	private static final String NAMED = "{auth.client=%s, auth.organization=org_acme, auth.subject=auth0|42}";

	private static final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private static final TestToken token = TestToken.validAt(TestApi.NOW).with("client_id", "desk");

	private static HttpCalls servlet;

	private static HttpCalls reactive;

	private static HttpCalls waiting;

	private static HttpCalls silent;

	@BeforeAll
	static void start() {
		String propagate = "spring.reactor.context-propagation=auto";
		servlet = start(WebApplicationType.SERVLET, ServletApplication.class);
		reactive = start(WebApplicationType.REACTIVE, Application.class, propagate);
		waiting = start(WebApplicationType.REACTIVE, WaitingApplication.class, propagate);
		silent = start(WebApplicationType.REACTIVE, Application.class, propagate,
				"auth-starter.organization.mdc=false");
	}

	/**
	 * Reactor Netty 1.3.7 may stop reading a connection that another thread answers, as
	 * these handlers do.
	 */
	private static HttpCalls start(WebApplicationType type, Class<?> application, String... properties) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public",
					"server.netty.max-keep-alive-requests=1")
			.properties(properties)
			.run();
		contexts.add(context);
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** Propagation is switched on for the whole virtual machine. */
	@AfterAll
	static void stop() {
		contexts.forEach(ConfigurableApplicationContext::close);
		Hooks.disableAutomaticContextPropagation();
	}

	static Stream<Arguments> handlers() {
		return Stream
			.of("value", "mono", "hop", "flux", "entity", "events", "failure", "service", "route", "routed", "late")
			.flatMap((handler) -> Stream.of(Arguments.of(handler, false), Arguments.of(handler, true)));
	}

	@ParameterizedTest
	@MethodSource("handlers")
	void namesTheCaller(String handler, boolean guardsWait) {
		HttpCalls http = guardsWait ? waiting : reactive;
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> response = http.getWithToken(ACME + handler, token.signed());
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body().replaceFirst("^data:", "").strip()).isEqualTo(NAMED.formatted("desk"));
		}
	}

	@Test
	void namesTheCallerAsOnServlets() {
		for (TestToken caller : List.of(token, token.with("client_id", "de\nsk"), token.with("sub", "a\u00e9"),
				token.without("client_id"), token.with("sub", "desk"))) {
			String bearer = caller.signed();
			String expected = servlet.getWithToken(ACME + "value", bearer).body();
			assertThat(expected).contains("auth.organization=org_acme");
			assertThat(reactive.getWithToken(ACME + "value", bearer).body()).isEqualTo(expected);
			assertThat(reactive.getWithToken("/anywhere", bearer).body())
				.isEqualTo(servlet.getWithToken("/anywhere", bearer).body());
		}
		assertThat(reactive.get("/public").body()).isEqualTo(servlet.get("/public").body()).isEqualTo("{}");
	}

	@Test
	void namesNoCallerIfSwitchedOff() {
		assertThat(silent.getWithToken(ACME + "hop", token.signed()).body()).isEqualTo("{}");
	}

	@Test
	void neverNamesAnotherCaller() {
		String acme = token.signed();
		String other = token.with("org_id", "org_other").with("sub", "other").signed();
		List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
			.mapToObj((caller) -> CompletableFuture.runAsync(() -> {
				for (int i = 0; i < 100; i++) {
					assertThat(reactive.getWithToken(ACME + "hop", acme).body()).isEqualTo(NAMED.formatted("desk"));
					assertThat(reactive.getWithToken("/organizations/org_other/flux", other).body())
						.contains("auth.organization=org_other, auth.subject=other");
					assertThat(reactive.get("/public").body()).isEqualTo("{}");
				}
			}))
			.toList();
		callers.forEach(CompletableFuture::join);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, Handlers.class, Notes.class })
	static class ServletApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(ServletApplication.class)
	static class Application {

		@Bean
		RouterFunction<ServerResponse> routes() {
			return route()
				.GET("/organizations/{organizationId}/route",
						(request) -> Mono.fromCallable(ReactiveLogTests::entries)
							.subscribeOn(Schedulers.boundedElastic())
							.flatMap((entries) -> ServerResponse.ok().bodyValue(entries)))
				.GET("/organizations/{organizationId}/routed", (request) -> ServerResponse.ok().bodyValue(entries()))
				.build();
		}

	}

	/**
	 * Has a policy, so that guards are called on other threads.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class WaitingApplication {

		@Bean
		OrganizationPolicy policy() {
			return (issuer, organization) -> true;
		}

	}

	private static String entries() {
		Map<String, String> entries = new TreeMap<>();
		Map<String, String> context = MDC.getCopyOfContextMap();
		if (context != null) {
			context.forEach((name, value) -> {
				if (name.startsWith("auth.")) {
					entries.put(name, value);
				}
			});
		}
		return entries.toString();
	}

	private static Duration moment() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextInt(3));
	}

	/**
	 * A service with a rule.
	 */
	static class Notes {

		@RequiresScope("read:notes")
		Mono<String> read() {
			return Mono.fromCallable(ReactiveLogTests::entries).subscribeOn(Schedulers.boundedElastic());
		}

	}

	/**
	 * Handlers that answer with what their log lines would have.
	 */
	@RestController
	static class Handlers {

		private final Notes notes;

		Handlers(Notes notes) {
			this.notes = notes;
		}

		@GetMapping({ "/organizations/{organizationId}/value", "/anywhere", "/public" })
		String value() {
			return entries();
		}

		@GetMapping("/organizations/{organizationId}/mono")
		Mono<String> mono() {
			return Mono.fromCallable(ReactiveLogTests::entries);
		}

		@GetMapping("/organizations/{organizationId}/hop")
		Mono<String> hop() {
			return Mono.delay(moment()).publishOn(Schedulers.boundedElastic()).map((tick) -> entries());
		}

		@GetMapping("/organizations/{organizationId}/flux")
		Flux<String> flux() {
			return Flux.just(1).publishOn(Schedulers.parallel()).delayElements(moment()).map((one) -> entries());
		}

		@GetMapping("/organizations/{organizationId}/entity")
		ResponseEntity<Mono<String>> entity() {
			return ResponseEntity.ok(Mono.delay(moment()).map((tick) -> entries()));
		}

		@GetMapping(path = "/organizations/{organizationId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> events() {
			return Flux.just(1).delayElements(moment()).map((one) -> entries());
		}

		@GetMapping("/organizations/{organizationId}/failure")
		Mono<String> failure() {
			return Mono.delay(moment()).then(Mono.error(new IllegalStateException("on purpose")));
		}

		@GetMapping("/organizations/{organizationId}/service")
		Mono<String> service() {
			return this.notes.read();
		}

		@GetMapping("/organizations/{organizationId}/late")
		Mono<String> late(Organization organization) {
			return Mono.fromFuture(CompletableFuture.supplyAsync(() -> 1)).map((one) -> entries());
		}

		@ExceptionHandler(IllegalStateException.class)
		String failed() {
			return entries();
		}

	}

}
