package dev.authstarter.reactive;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same API gives the same answers on both stacks.
 */
@Tag("server")
class StackParityTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private static final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

	private static HttpCalls servlet;

	private static HttpCalls reactive;

	@BeforeAll
	static void start() {
		servlet = start(WebApplicationType.SERVLET);
		reactive = start(WebApplicationType.REACTIVE);
	}

	private static HttpCalls start(WebApplicationType type) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApi.class).web(type)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.public-paths=/public/**")
			.run();
		contexts.add(context);
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@AfterAll
	static void stop() {
		contexts.forEach(ConfigurableApplicationContext::close);
	}

	static Stream<Arguments> requests() {
		TestToken acme = TestToken.validAt(TestApi.NOW);
		return Stream.of(Arguments.of("no token", "GET", NOTES, List.of()),
				Arguments.of("good token", "GET", NOTES, bearer(acme.signed())),
				Arguments.of("head", "HEAD", NOTES, List.of()),
				Arguments.of("head with token", "HEAD", NOTES, bearer(acme.signed())),
				Arguments.of("caller", "GET", "/me", bearer(acme.signed())),
				Arguments.of("other organization", "GET", "/organizations/org_other/notes", bearer(acme.signed())),
				Arguments.of("scope is missing", "POST", NOTES, bearer(acme.with("scope", "read:notes").signed())),
				Arguments.of("role is missing", "DELETE", NOTES + "/1", bearer(acme.signed())),
				Arguments.of("expired", "GET", NOTES, bearer(acme.with("exp", 1).signed())),
				Arguments.of("wrong audience", "GET", NOTES, bearer(acme.with("aud", "https://other").signed())),
				Arguments.of("wrong issuer", "GET", NOTES, bearer(acme.with("iss", "https://other/").signed())),
				Arguments.of("unsigned", "GET", NOTES,
						bearer(acme.withHeader("alg", "none").signed().replaceFirst("[^.]*$", ""))),
				Arguments.of("bad signature", "GET", NOTES, bearer(acme.signed().replaceFirst("....$", "AAAA"))),
				Arguments.of("unknown key", "GET", NOTES, bearer(acme.withHeader("kid", "other").signed())),
				Arguments.of("garbage", "GET", NOTES, bearer("garbage")),
				Arguments.of("empty", "GET", NOTES, bearer("")),
				Arguments.of("basic", "GET", NOTES, List.of("Authorization", "Basic YTpi")),
				Arguments.of("two headers", "GET", NOTES,
						List.of("Authorization", "Bearer " + acme.signed(), "Authorization", "Basic YTpi")),
				Arguments.of("token in query", "GET", NOTES + "?access_token=x", bearer(acme.signed())),
				Arguments.of("id token", "GET", NOTES, bearer(acme.with("nonce", "n").withType("JWT").signed())),
				Arguments.of("public", "GET", "/public/notes", List.of()),
				Arguments.of("public with bad token", "GET", "/public/notes", bearer("garbage")),
				Arguments.of("unknown path", "GET", "/nothing", List.of()), Arguments.of("two organizations", "GET",
						NOTES, List.of("Authorization", "Bearer " + acme.signed(), "X-Organization-Id", "org_other")));
	}

	private static List<String> bearer(String token) {
		return List.of("Authorization", "Bearer " + token);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("requests")
	void answersAlike(String name, String method, String path, List<String> headers) {
		HttpResponse<String> expected = send(servlet, method, path, headers);
		HttpResponse<String> actual = send(reactive, method, path, headers);
		assertThat(actual.statusCode()).isEqualTo(expected.statusCode());
		for (String header : List.of("WWW-Authenticate", "Content-Type", "Cache-Control", "Retry-After",
				"X-Content-Type-Options", "X-Frame-Options", "Set-Cookie")) {
			assertThat(actual.headers().allValues(header)).as(header).isEqualTo(expected.headers().allValues(header));
		}
		assertThat(withoutTime(actual.body())).isEqualTo(withoutTime(expected.body()));
	}

	/** Spring Security stores when a caller was authenticated. */
	private static String withoutTime(String body) {
		return body.replaceAll("issuedAt=[^\\]]*", "");
	}

	private static HttpResponse<String> send(HttpCalls http, String method, String path, List<String> headers) {
		HttpRequest.Builder request = http.request(path).method(method, HttpRequest.BodyPublishers.noBody());
		if (!headers.isEmpty()) {
			request.headers(headers.toArray(String[]::new));
		}
		return http.send(request);
	}

}
