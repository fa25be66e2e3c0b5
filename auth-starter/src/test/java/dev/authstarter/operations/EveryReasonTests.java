package dev.authstarter.operations;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.authstarter.Reason;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.operations.RefusalScenarios.Attempt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every reason over HTTP: its code is the same in all places for operators and clients,
 * and none of them contains a part of the token.
 */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class EveryReasonTests {

	/** Shorter parts of a token turn up in honest words. */
	private static final int TELLING_LENGTH = 8;

	private final Map<Reason, Attempt> attempts = RefusalScenarios.all();

	private final StubServer issuer = new StubServer();

	private @Nullable ConfigurableApplicationContext open;

	/**
	 * The same API without a list of organizations, which hides what is not the caller's.
	 */
	private @Nullable ConfigurableApplicationContext hiding;

	EveryReasonTests() throws IOException {
	}

	@BeforeAll
	void start() {
		this.issuer.serve("/introspect", (exchange) -> {
			String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
			byte[] answer = "{\"active\":false}".getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(asked.contains(RefusalScenarios.UNKNOWABLE) ? 500 : 200, answer.length);
			exchange.getResponseBody().write(answer);
		});
		this.open = start(RefusalScenarios.ALLOWED);
		this.hiding = start(RefusalScenarios.HIDING);
	}

	private ConfigurableApplicationContext start(String property) {
		return new SpringApplicationBuilder(AuditedApi.class, AuditedApi.Members.class)
			.properties(RefusalScenarios.PROPERTIES)
			.properties("server.port=0", "spring.jmx.enabled=false", "auth-starter.organization.memberships=add",
					"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
					"management.endpoint.authrules.access=read-only",
					"auth-starter.endpoints.authority=SCOPE_read:notes",
					"auth-starter.introspection.uri=" + this.issuer.uri("/introspect"), property)
			.run();
	}

	@AfterAll
	void stop() {
		started(this.open).close();
		started(this.hiding).close();
		this.issuer.close();
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void isSpelledTheSameEverywhere(Reason reason, CapturedOutput output) {
		ConfigurableApplicationContext api = api(reason);
		double before = refusals(api, reason);
		int heardBefore = heard(api).size();
		int writtenBefore = output.getAll().length();

		HttpResponse<String> response = attempt(api, reason);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(reason.status());
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason.code())
			.containsEntry("type", "urn:auth-starter:refusal:" + reason.code());
		assertThat(refusals(api, reason)).isEqualTo(before + 1);
		assertThat(heard(api).subList(heardBefore, heard(api).size())).singleElement()
			.extracting(RequestRefused::reason)
			.isEqualTo(reason);
		assertThat(output.getAll().substring(writtenBefore).lines().filter((line) -> line.contains("Refused: ")))
			.singleElement()
			.asString()
			.matches(".* (INFO|WARN|ERROR) .*dev\\.authstarter\\.refusals +: Refused: " + reason.code() + "(,.*)?");
	}

	static List<Reason> reasons() {
		return Reason.builtIn();
	}

	@Test
	void thereIsAnAttemptForEveryReason() {
		assertThat(this.attempts).containsOnlyKeys(Reason.builtIn());
	}

	@Test
	void tracesOfNoTokenAreLeftAnywhere(CapturedOutput output) {
		for (Reason reason : Reason.builtIn()) {
			attempt(api(reason), reason);
		}
		String pages = pages(started(this.open)) + pages(started(this.hiding));
		assertThat(pages).contains("auth.tokens", "bad_signature", "\"status\":\"UP\"", "read:notes");
		for (Map.Entry<Reason, Attempt> attempt : this.attempts.entrySet()) {
			for (String part : parts(attempt.getValue().token())) {
				assertThat(output.getAll().contains(part)).as("%s: '%s' in the log", attempt.getKey(), part).isFalse();
				assertThat(pages.contains(part)).as("%s: '%s' in the actuator", attempt.getKey(), part).isFalse();
			}
		}
		assertThat(output.getAll() + pages).doesNotContain("mallory");
	}

	private static List<String> parts(String token) {
		return Stream.of(token.split("\\.", -1)).filter((part) -> part.length() >= TELLING_LENGTH).toList();
	}

	/** Everything that the actuator shows, page by page, but the state of the heap. */
	private static String pages(ConfigurableApplicationContext api) {
		HttpCalls http = new HttpCalls(port(api));
		StringBuilder pages = new StringBuilder();
		String token = RefusalScenarios.VALID.with("sub", "operator")
			.with("client_id", "operator")
			.with("jti", "1")
			.signed();
		for (String page : List.of("", "/health", "/metrics", "/authrules", "/conditions", "/configprops", "/env",
				"/loggers", "/mappings", "/scheduledtasks", "/threaddump", "/beans", "/info")) {
			HttpResponse<String> response = http.getWithToken("/actuator" + page, token);
			assertThat(response.statusCode()).as(page).isEqualTo(200);
			pages.append(response.body());
		}
		Object names = HttpCalls.json(http.getWithToken("/actuator/metrics", token)).get("names");
		for (Object name : (List<?>) Objects.requireNonNull(names)) {
			pages.append(http.getWithToken("/actuator/metrics/" + name, token).body());
		}
		return pages.toString();
	}

	private HttpResponse<String> attempt(ConfigurableApplicationContext api, Reason reason) {
		HttpCalls http = new HttpCalls(port(api));
		return http.send(Objects.requireNonNull(this.attempts.get(reason)).request().apply(http));
	}

	private ConfigurableApplicationContext api(Reason reason) {
		return started((Reason.NOT_FOUND.equals(reason) || Reason.ORGANIZATION_MISSING.equals(reason)) ? this.hiding
				: this.open);
	}

	private static ConfigurableApplicationContext started(@Nullable ConfigurableApplicationContext api) {
		assertThat(api).isNotNull();
		return api;
	}

	private static int port(ConfigurableApplicationContext api) {
		return api.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static List<RequestRefused> heard(ConfigurableApplicationContext api) {
		return api.getBean(AuditedApi.Heard.class).refusals();
	}

	private static double refusals(ConfigurableApplicationContext api, Reason reason) {
		return Meters.of(api, "auth.tokens", Predicate.isEqual(reason.code()));
	}

}
