package dev.authstarter;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.Heap;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.StubServer;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refused requests retain no memory: after thousands of different ones of a kind the heap
 * has its former size, and the last one allocates as much as the first.
 */
@Tag("heap")
@SpringBootTest(classes = RetentionTests.Api.class,
		properties = { "auth-starter.organization.sources=path,header,subdomain,token",
				"auth-starter.organization.base-domain=api.example",
				"auth-starter.organization.cross-organization-scope=cross", "auth-starter.introspection.client-id=api",
				"auth-starter.introspection.client-secret=secret", "logging.level.dev.authstarter.refusals=OFF" })
class RetentionTests {

	private static final int INPUTS = 5_000;

	/** About as long as a token may be in an application that sets no limits. */
	private static final String LONG = "x".repeat(5_790);

	private static final long SLACK = 3 * 1024 * 1024;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	/** Publishes keys, and calls every opaque token inactive. */
	private static final StubServer ISSUER = issuer();

	private static final TestToken VALID = TestToken.validAt(TestApi.NOW).with("iss", ISSUER.uri("").toString());

	/** A machine that may name any organization. */
	private static final String MACHINE = VALID.without("org_id")
		.with("sub", "clinic-spa")
		.with("gty", "client-credentials")
		.with("scope", "cross")
		.signed();

	private static StubServer issuer() {
		try {
			StubServer issuer = new StubServer();
			issuer.serve("/keys", (exchange) -> answer(exchange,
					"{\"keys\":[%s]}".formatted(TestKey.RSA.publicKey().toJSONString())));
			issuer.serve("/introspect", (exchange) -> answer(exchange, "{\"active\":false}"));
			return issuer;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void answer(HttpExchange exchange, String json) throws IOException {
		exchange.getRequestBody().readAllBytes();
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
	}

	@AfterAll
	static void stop() {
		ISSUER.close();
	}

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry properties) {
		properties.add("auth-starter.issuer", () -> ISSUER.uri("").toString());
		properties.add("auth-starter.audience", () -> TestToken.AUDIENCE);
		properties.add("auth-starter.jwks-uri", () -> ISSUER.uri("/keys").toString());
		properties.add("auth-starter.introspection.uri", () -> ISSUER.uri("/introspect").toString());
	}

	static Stream<Kind> kinds() {
		return Stream.of(
				// First: a table that other kinds filled would be emptied in between. As
				// long as the parser allows.
				new Kind("longest member names of claims",
						(i) -> bearer(TestKey.encode("{\"alg\":\"RS256\"}") + "."
								+ TestKey.encode("{\"%08d%s\":0}".formatted(i, LONG.substring(0, 992))) + ".AAAA")),
				new Kind("member names of claims",
						(i) -> bearer(TestKey.encode("{\"alg\":\"RS256\"}") + "."
								+ TestKey.encode("{\"" + i + LONG + "\":0}") + ".AAAA")),
				new Kind("short member names of claims",
						(i) -> bearer(
								TestKey.encode("{\"alg\":\"RS256\"}") + "." + TestKey.encode(names(i)) + ".AAAA")),
				new Kind("member names of headers",
						(i) -> bearer(TestKey.encode("{\"alg\":\"RS256\",\"" + i + LONG.substring(0, 900) + "\":0}")
								+ "." + TestKey.encode("{}") + ".AAAA")),
				new Kind("algorithms",
						(i) -> bearer(TestKey.encode("{\"alg\":\"" + i + LONG + "\"}") + "."
								+ TestKey.encode(VALID.claimsJson()) + ".AAAA")),
				new Kind("opaque texts", (i) -> bearer(i + LONG)),
				new Kind("schemes", (i) -> get().header("Authorization", "S" + i + LONG + " x")),
				new Kind("long key ids", (i) -> bearer(forged(VALID.withHeader("kid", i + LONG)))),
				new Kind("short key ids", (i) -> bearer(forged(VALID.withHeader("kid", i + LONG.substring(0, 240))))),
				new Kind("issuers", (i) -> bearer(forged(VALID.with("iss", "https://" + i + LONG)))),
				new Kind("audiences", (i) -> bearer(forged(VALID.with("aud", List.of(i + LONG))))),
				new Kind("subjects and scopes",
						(i) -> bearer(forged(VALID.with("sub", i + LONG).with("scope", i + LONG)))),
				new Kind("signatures",
						(i) -> bearer(TestKey.encode(VALID.headerJson()) + "." + TestKey.encode(VALID.claimsJson())
								+ "." + TestKey.encode("%-256d".formatted(i)))),
				new Kind("hosts", (i) -> bearer(MACHINE).with((request) -> {
					request.setServerName(i + LONG + ".api.example");
					return request;
				})), new Kind("organization headers", (i) -> bearer(MACHINE).header("X-Organization-Id", i + LONG)),
				new Kind("organizations in paths",
						(i) -> MockMvcRequestBuilders.get("/organizations/{id}/notes", i + LONG)
							.header("Authorization", "Bearer " + MACHINE)),
				new Kind("remote addresses", (i) -> bearer("x").with((request) -> {
					request.setRemoteAddr("%d.%d.%d.7".formatted(i % 251, i / 251, 3));
					return request;
				})));
	}

	private static String names(int i) {
		StringBuilder names = new StringBuilder("{\"a\":0");
		for (int j = 0; j < 300; j++) {
			names.append(",\"n").append(i).append('-').append(j).append("\":0");
		}
		return names.append('}').toString();
	}

	private static String forged(TestToken token) {
		return TestKey.encode(token.headerJson()) + "." + TestKey.encode(token.claimsJson()) + ".AAAA";
	}

	private static MockHttpServletRequestBuilder bearer(String token) {
		return get().header("Authorization", "Bearer " + token);
	}

	private static MockHttpServletRequestBuilder get() {
		return MockMvcRequestBuilders.get("/me");
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void refusedRequestsLeaveNothingBehind(Kind kind, @Autowired WebApplicationContext context) throws Exception {
		MockMvc chain = MockMvcBuilders.webAppContextSetup(context)
			.<DefaultMockMvcBuilder>addFilters(context.getBean("springSecurityFilterChain", Filter.class))
			.build();
		send(chain, kind, 0, 1_500);
		long before = Heap.live();
		long first = send(chain, kind, 1_500, 1_600);
		send(chain, kind, 1_600, INPUTS - 100);
		long last = send(chain, kind, INPUTS - 100, INPUTS);
		assertThat(last).as("bytes that the last requests allocate").isLessThan(first + first / 2);
		assertThat(Heap.live() - before).as("bytes that stay").isLessThan(SLACK);
	}

	private static long send(MockMvc chain, Kind kind, int from, int to) throws Exception {
		long allocated = 0;
		for (int i = from; i < to; i++) {
			MockHttpServletRequestBuilder request = kind.request().apply(i);
			long before = THREADS.getCurrentThreadAllocatedBytes();
			int status = chain.perform(request).andReturn().getResponse().getStatus();
			allocated += THREADS.getCurrentThreadAllocatedBytes() - before;
			assertThat(status).isBetween(400, 403);
		}
		return allocated / (to - from);
	}

	/**
	 * Requests that are refused for the same reason and differ in what they name.
	 */
	record Kind(String name, Function<Integer, MockHttpServletRequestBuilder> request) {

		@Override
		public String toString() {
			return name();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		Clock clock() {
			return new TestClock(TestApi.NOW);
		}

	}

}
