package dev.authstarter.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the same requests to the API on Tomcat and on Reactor Netty, with the same rows
 * in both databases. Status, body and headers are equal.
 */
@OnWebFlux
class StackParityTests {

	private static final String ID = "5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a01";

	private static final String APPOINTMENTS = "/organizations/org_acme/appointments";

	private static final String ONE = APPOINTMENTS + "/" + ID;

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	private static final Set<String> OF_THE_CONNECTION = Set.of("connection", "content-length", "date", "keep-alive",
			"transfer-encoding");

	/**
	 * The formats that the stack can read, a header that Spring Security sets by default
	 * on WebFlux alone, and one that Spring MVC sets where a path ends like a file.
	 */
	private static final Set<String> OF_THE_STACK = Set.of("accept", "referrer-policy", "content-disposition");

	/** Which endpoints and metrics there are depends on the stack. */
	private static final Set<String> LISTS = Set.of("GET /actuator", "GET /actuator/metrics");

	private final Api netty;

	private final Api tomcat;

	/** The API on Tomcat is that of another test, whose context is cached. */
	StackParityTests(@Autowired ApplicationContext netty) {
		this.netty = new Api(netty);
		this.tomcat = new Api(new TestContextManager(AccessMatrixTests.class).getTestContext().getApplicationContext());
	}

	@Test
	void everyCallerIsAnsweredAlikeByEveryEndpoint() throws Exception {
		Map<String, Call> calls = new LinkedHashMap<>();
		for (HandlerDescription handler : this.netty.inventory().handlers()) {
			if (handler.kind() == Kind.CONTROLLER || handler.kind() == Kind.ENDPOINT) {
				handler.methods()
					.forEach((method) -> handler.patterns()
						.forEach((pattern) -> calls.put(method + " " + pattern, call(method, pattern))));
			}
		}
		assertThat(calls).hasSize(15).containsKeys(LISTS.toArray(String[]::new));
		for (Map.Entry<String, Function<ForgedToken, @Nullable ForgedToken>> caller : callers().entrySet()) {
			for (Map.Entry<String, Call> call : calls.entrySet()) {
				Answer servlet = this.tomcat.answer(call.getValue(), caller.getValue());
				Answer reactive = this.netty.answer(call.getValue(), caller.getValue());
				boolean list = LISTS.contains(call.getKey()) && servlet.status() == 200;
				assertThat(list ? reactive.withoutBody() : reactive).as(call.getKey() + ", " + caller.getKey())
					.isEqualTo(list ? servlet.withoutBody() : servlet);
			}
		}
	}

	private static Map<String, Function<ForgedToken, @Nullable ForgedToken>> callers() {
		Map<String, Function<ForgedToken, @Nullable ForgedToken>> callers = new LinkedHashMap<>();
		callers.put("allowed", (token) -> token);
		callers.put("no token", (token) -> null);
		callers.put("ID token", ForgedToken::asIdToken);
		callers.put("expired", ForgedToken::expired);
		callers.put("another audience", (token) -> token.forAudience("https://billing.example"));
		callers.put("another signature", ForgedToken::signedByUntrustedKey);
		callers.put("another organization", (token) -> token.forOrganization("org_globex", "editor"));
		callers.put("no organization", ForgedToken::withoutOrganization);
		callers.put("no role", (token) -> token.forOrganization("org_acme"));
		callers.put("no scope", ForgedToken::withScopes);
		return callers;
	}

	private static Call call(String method, String pattern) {
		String path = pattern.replace("{organizationId}", "org_acme")
			.replace("{id}", ID)
			.replace("{requiredMetricName}", "jvm.info")
			.replace("{*path}", "liveness");
		return switch (method) {
			case "PUT" -> Call.of(method, path, BOOKING, "If-Match", "*");
			case "POST" -> Call.of(method, path, path.startsWith("/actuator/") ? "{\"token\": \"x\"}" : BOOKING);
			default -> Call.of(method, path, null);
		};
	}

	@Test
	void everyAnswerOfHandlersIsAlike() throws Exception {
		List<Call> calls = List.of(Call.of("GET", APPOINTMENTS + "?size=1", null),
				Call.of("GET", APPOINTMENTS + "?size=0&page=-1", null),
				Call.of("GET", APPOINTMENTS + "/7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10", null),
				Call.of("POST", APPOINTMENTS, "{\"patient\": \"\"}"), Call.of("PUT", ONE, BOOKING),
				Call.of("PUT", ONE, BOOKING, "If-Match", "\"9\""), Call.of("DELETE", ONE, null, "If-Match", "W/\"0\""),
				Call.of("GET", "/nothing", null));
		for (Call call : calls) {
			assertThat(this.netty.answer(call, (token) -> token)).as(call.toString())
				.isEqualTo(this.tomcat.answer(call, (token) -> token));
		}
	}

	/** Both stacks of Spring describe these errors in their own words. */
	@Test
	void everyAnswerToUnreadableRequestsDiffersInWordsAlone() throws Exception {
		List<Call> calls = List.of(Call.of("GET", APPOINTMENTS + "?size=many", null),
				Call.of("GET", APPOINTMENTS + "/1", null), Call.of("POST", APPOINTMENTS, "{"),
				Call.of("POST", APPOINTMENTS, ""), Call.of("POST", APPOINTMENTS, BOOKING, "Content-Type", "text/plain"),
				Call.of("GET", ONE, null, "Accept", "text/plain"));
		for (Call call : calls) {
			Answer servlet = this.tomcat.answer(call, (token) -> token);
			assertThat(servlet.body()).contains("\"detail\":");
			assertThat(this.netty.answer(call, (token) -> token).withoutDetail()).as(call.toString())
				.isEqualTo(servlet.withoutDetail());
		}
	}

	/**
	 * A request.
	 *
	 * @param method its method
	 * @param path its path and query
	 * @param body its body, or {@code null} for none
	 * @param headers names and values of its headers
	 */
	private record Call(String method, String path, @Nullable String body, List<String> headers) {

		static Call of(String method, String path, @Nullable String body, String... headers) {
			return new Call(method, path, body, List.of(headers));
		}

	}

	/**
	 * An answer, without the address of the server and identifiers of new rows.
	 *
	 * @param status its status
	 * @param headers its headers
	 * @param body its body
	 */
	private record Answer(int status, Map<String, List<String>> headers, String body) {

		static Answer of(HttpResponse<String> response, String url) {
			Map<String, List<String>> headers = new TreeMap<>();
			response.headers().map().forEach((name, values) -> {
				if (!OF_THE_CONNECTION.contains(name) && !OF_THE_STACK.contains(name)) {
					headers.put(name, values.stream().map((value) -> same(value, url)).toList());
				}
			});
			return new Answer(response.statusCode(), headers, same(response.body(), url));
		}

		private static String same(String text, String url) {
			return text.replace(url, "").replaceAll("[0-9a-f-]{36}", "{id}");
		}

		Answer withoutBody() {
			return new Answer(this.status, this.headers, "");
		}

		Answer withoutDetail() {
			return new Answer(this.status, this.headers, this.body.replaceFirst("\"detail\":\"[^\"]*\",", ""));
		}

	}

	/**
	 * The API on one of the stacks.
	 */
	private static final class Api {

		private final HttpClient http = HttpClient.newHttpClient();

		private final ApplicationContext context;

		private final String url;

		Api(ApplicationContext context) {
			this.context = context;
			this.url = "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
		}

		HandlerInventory inventory() {
			return this.context.getBean(HandlerInventory.class);
		}

		Answer answer(Call call, Function<ForgedToken, @Nullable ForgedToken> caller) throws Exception {
			seed();
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.url + call.path()))
				.setHeader("Content-Type", "application/json")
				.method(call.method(),
						(call.body() != null) ? BodyPublishers.ofString(call.body()) : BodyPublishers.noBody());
			for (int i = 0; i < call.headers().size(); i += 2) {
				request.setHeader(call.headers().get(i), call.headers().get(i + 1));
			}
			ForgedToken token = caller.apply(this.context.getBean(TokenForge.class)
				.token()
				.withScopes("read:appointments", "write:appointments", "operations")
				.forOrganization("org_acme", "editor"));
			if (token != null) {
				request.header("Authorization", token.authorization());
			}
			return Answer.of(this.http.send(request.build(), BodyHandlers.ofString()), this.url);
		}

		private void seed() {
			JdbcTemplate database = this.context.getBean(JdbcTemplate.class);
			database.update("delete from appointment");
			Stream.of("01", "02")
				.forEach((end) -> database.update(
						"insert into appointment (id, organization_id, patient, starts_at, version) "
								+ "values (?, 'org_acme', 'Ada Lovelace', '2035-12-10 09:00:00+00', 0)",
						ID.substring(0, 34) + end));
		}

	}

}
