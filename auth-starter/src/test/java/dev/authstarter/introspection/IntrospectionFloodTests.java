package dev.authstarter.introspection;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.IntrospectionServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Unauthenticated clients keep a hanging introspection endpoint busy, over HTTP; the web
 * server has ten request threads.
 */
@Timeout(60)
@ApiTest(value = TestApi.class,
		properties = { "server.tomcat.threads.max=10", "auth-starter.introspection.client-id=api",
				"auth-starter.introspection.client-secret=secret", "auth-starter.introspection.time-to-live=0",
				"auth-starter.introspection.timeout=30s" })
class IntrospectionFloodTests {

	private static final String ME = "/me";

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW).with("active", true);

	private static final IntrospectionServer SERVER = new IntrospectionServer(VALID.claimsJson());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@Autowired
	HttpCalls http;

	@DynamicPropertySource
	static void introspectHere(DynamicPropertyRegistry registry) {
		registry.add("auth-starter.introspection.uri", SERVER::uri);
	}

	@AfterEach
	void stop() {
		SERVER.release();
		this.threads.shutdownNow();
	}

	@AfterAll
	static void close() {
		SERVER.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "one", "each-another" })
	void answersKnownCallersAtOnce(String kind) throws Exception {
		assertThat(this.http.answer(ME, "good")).isEqualTo("200");
		assertThat(this.http.answer(ME, VALID.signed())).isEqualTo("200");
		SERVER.hold((text) -> text.startsWith("unissued"));
		List<Future<HttpResponse<String>>> unissued = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			String text = "unissued-" + kind + ("one".equals(kind) ? "" : i);
			unissued.add(this.threads.submit(() -> this.http.getWithToken(ME, text)));
		}
		await().until(() -> unissued.stream().filter(Future::isDone).count() == 23);
		for (int i = 0; i < 20; i++) {
			assertThat(this.http.answer(ME, "good")).isEqualTo("200");
			assertThat(this.http.answer(ME, VALID.signed())).isEqualTo("200");
		}
		SERVER.release();
		List<String> answers = new ArrayList<>();
		for (Future<HttpResponse<String>> call : unissued) {
			HttpResponse<String> response = call.get();
			answers.add(response.statusCode() + " " + HttpCalls.json(response).get("reason"));
			if (response.statusCode() == 503) {
				assertThat(response.headers().firstValue("Retry-After")).contains("5");
			}
		}
		assertThat(answers).containsOnly("401 inactive_token", "503 introspection_unavailable")
			.filteredOn("401 inactive_token"::equals)
			.hasSize(7);
	}

}
