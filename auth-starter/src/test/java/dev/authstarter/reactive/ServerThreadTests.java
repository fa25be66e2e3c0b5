package dev.authstarter.reactive;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import dev.authstarter.organization.OrganizationPolicy;
import dev.authstarter.reactive.context.ServerThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers run and answers are written on the event loop of the connection, also if a
 * signature was verified or an organization policy was called on another thread.
 */
@ApiTest(value = ServerThreadTests.Application.class, properties = "spring.main.web-application-type=reactive")
class ServerThreadTests {

	private static final String EVENT_LOOP = "webflux-http";

	private final TestToken token = TestToken.validAt(TestApi.NOW);

	@Autowired
	HttpCalls http;

	@ParameterizedTest
	@CsvSource({ "/thread", "/organizations/org_acme/thread" })
	void runsHandlersOnTheEventLoop(String path) {
		assertThat(this.http.getWithToken(path, this.token.with("jti", path).signed()).body()).startsWith(EVENT_LOOP);
	}

	@ParameterizedTest
	@CsvSource({ "/thread, org_acme", "/organizations/org_acme/thread, org_closed",
			"/organizations/org_closed/thread, org_closed" })
	void answersRefusalsOnTheEventLoop(String path, String organization) {
		TestToken refused = this.token.with("org_id", organization);
		String bearer = (path.equals("/thread") ? refused.with("aud", "other") : refused).signed();
		assertThat(this.http.getWithToken(path, bearer)).satisfies((response) -> {
			assertThat(response.statusCode()).isGreaterThanOrEqualTo(401);
			assertThat(response.headers().firstValue("X-Thread").orElseThrow()).startsWith(EVENT_LOOP);
		});
	}

	/**
	 * Reactor decorates executor services for metrics, and would keep each event loop.
	 */
	@Test
	void returnsToPlainExecutor() {
		AtomicInteger decorated = new AtomicInteger();
		ExecutorService eventLoop = Executors.newSingleThreadExecutor((task) -> new Thread(task, EVENT_LOOP));
		Schedulers.addExecutorServiceDecorator("counts", (scheduler, service) -> {
			decorated.incrementAndGet();
			return service;
		});
		try {
			String thread = ServerThread.returnTo(Mono.just("decided"))
				.map((decided) -> Thread.currentThread().getName())
				.contextWrite((context) -> ServerThread.keep(context, eventLoop))
				.block(Duration.ofSeconds(30));
			assertThat(thread).isEqualTo(EVENT_LOOP);
			assertThat(decorated).hasValue(0);
		}
		finally {
			Schedulers.removeExecutorServiceDecorator("counts");
			eventLoop.shutdownNow();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import({ TestTrust.class, Handlers.class })
	static class Application {

		@Bean
		OrganizationPolicy open() {
			return (issuer, organization) -> !organization.equals("org_closed");
		}

		@Bean
		@Order(-1000)
		WebFilter namesThread() {
			return (exchange, chain) -> {
				exchange.getResponse()
					.beforeCommit(() -> Mono.fromRunnable(() -> exchange.getResponse()
						.getHeaders()
						.set("X-Thread", Thread.currentThread().getName())));
				return chain.filter(exchange);
			};
		}

	}

	/**
	 * Answers the thread that it runs on.
	 */
	@RestController
	static class Handlers {

		@GetMapping({ "/thread", "/organizations/{organizationId}/thread" })
		Mono<String> thread() {
			return Mono.fromSupplier(() -> Thread.currentThread().getName());
		}

	}

}
