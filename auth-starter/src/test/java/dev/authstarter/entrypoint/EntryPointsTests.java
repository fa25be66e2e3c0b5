package dev.authstarter.entrypoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Entry points that are no handlers of Spring MVC: those without a rule, for each
 * setting, and those with one.
 */
class EntryPointsTests {

	private static final List<String> PROPERTIES = List.of("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
			"auth-starter.audience=" + TestToken.AUDIENCE, "spring.datasource.generate-unique-name=true",
			"spring.graphql.schema.locations=classpath:entrypoint/", "spring.graphql.websocket.path=/graphql-socket",
			"spring.web.resources.static-locations=classpath:entrypoint/static/");

	private static final String[] RULES = { "/socket", "/stomp", "/chat/**", "/legacy/**", "/**/*.do", "/rest/notes/**",
			"/rest/users/**", "/second/**", "/moved", "/notes/**" };

	private static final Map<String, ConfigurableApplicationContext> STARTED = new LinkedHashMap<>();

	/** How it is called, what answers where it may, and what the start calls it. */
	static Stream<Arguments> entryPoints() {
		return Stream.of(Arguments.of("GET /legacy/x", "200", "ServedApi$Legacy (/**/*.do, /legacy/**)"),
				Arguments.of("DELETE /any/thing.do", "200", "ServedApi$Legacy (/**/*.do, /legacy/**)"),
				Arguments.of("GET /second/notes", "200", "DispatcherServlet (/second/**)"),
				Arguments.of("GET /rest/notes", "200", "ServedApi$RestNotes (/rest/notes/**)"),
				Arguments.of("GET /rest/users", "200", "ServedApi$RestUsers (/rest/users/**)"),
				Arguments.of("GET /moved", "302", "ParameterizableViewController (/moved)"),
				Arguments.of("GET /notes", "200", "ServedApi$Notes (/notes, /notes/**)"),
				Arguments.of("DELETE /notes/1", "404", "ServedApi$Notes (/notes, /notes/**)"),
				Arguments.of("SOCKET /socket", "101", "ServedApi$Echo (/socket)"),
				Arguments.of("SOCKET /stomp", "101", "SubProtocolWebSocketHandler (/stomp)"),
				Arguments.of("SOCKET /stomp", "101", "ServedApi$MessageController#send (/send) (message)"),
				Arguments.of("SOCKET /chat/one", "101", "ServedApi$Chat (/chat/{room})"),
				Arguments.of("SOCKET /graphql-socket", "101", "GraphQlWebSocketHandler (/graphql-socket)"),
				Arguments.of("QUERY silent", "200", "GraphQlNotes$HalfDeclared#silent (Query.silent) (query)"));
	}

	@AfterAll
	static void stop() {
		STARTED.values().forEach(ConfigurableApplicationContext::close);
		STARTED.clear();
	}

	@ParameterizedTest
	@MethodSource("entryPoints")
	void needsTokenOnlyByDefault(String call, String answer) {
		Visitor visitor = new Visitor(started("authenticated", GraphQlNotes.HalfDeclared.class));
		assertThat(visitor.call(call, null)).startsWith("401");
		assertThat(visitor.call(call, "other")).isEqualTo(answer);
	}

	@ParameterizedTest
	@MethodSource("entryPoints")
	void isRefusedWhereUndeclaredHandlersAreDenied(String call) {
		Visitor visitor = new Visitor(started("deny", GraphQlNotes.HalfDeclared.class));
		assertThat(visitor.call(call, null)).startsWith("401");
		assertThat(visitor.call(call, "other")).isIn("403", "403 access_denied");
	}

	@ParameterizedTest
	@MethodSource("entryPoints")
	void stopsTheStartWhereEverythingMustBeDeclared(String call, String answer, String name) {
		assertThat(FailedStart.PROBLEM).contains("'auth-starter.undeclared-handlers' is 'fail-start'").contains(name);
	}

	/** One start for all rows. */
	private static final class FailedStart {

		static final String PROBLEM = problem();

		private static String problem() {
			AccessRuleException failure = catchThrowableOfType(AccessRuleException.class,
					() -> start("fail-start", GraphQlNotes.HalfDeclared.class).close());
			return String.valueOf(failure.getMessage());
		}

	}

	@ParameterizedTest
	@MethodSource("entryPoints")
	void isHeldToRuleOfItsPath(String call, String answer) {
		Visitor visitor = new Visitor(declared());
		assertThat(visitor.call(call, null)).startsWith("401");
		if (!call.contains("graphql") && !call.startsWith("QUERY")) {
			assertThat(visitor.call(call, "other")).isIn("403", "403 insufficient_scope");
		}
		assertThat(visitor.call(call, "path read:other")).isEqualTo(answer);
	}

	@Test
	void keepsDeclaredFieldsOfGraphQlOpenWhereOthersAreDenied() {
		Visitor visitor = new Visitor(declared());
		assertThat(visitor.call("QUERY notes { text author }", "read:notes")).isEqualTo("200");
		assertThat(visitor.call("QUERY notes { text }", "read:other")).isEqualTo("200 FORBIDDEN");
		assertThat(visitor.call("QUERY silent", "read:notes")).isEqualTo("200 FORBIDDEN");
	}

	@Test
	void leavesWhatServesNothingOfTheApplicationOpenToTokens() {
		Visitor visitor = new Visitor(started("deny", GraphQlNotes.HalfDeclared.class));
		assertThat(visitor.call("GET /", "other")).isEqualTo("200");
		assertThat(visitor.call("GET /index.html", "other")).isEqualTo("200");
		assertThat(visitor.call("GET /nowhere", "other")).isEqualTo("404");
	}

	@Test
	void listsEveryEntryPointWithItsRule() {
		List<HandlerDescription> handlers = declared().getBean(HandlerInventory.class).handlers();
		assertThat(handlers).noneMatch(HandlerDescription::undeclared).allMatch(HandlerDescription::enforced);
		assertThat(handlers).extracting(HandlerDescription::kind)
			.contains(Kind.QUERY, Kind.MESSAGE, Kind.SOCKET, Kind.SERVLET, Kind.REPOSITORY, Kind.RESOURCE_CLASS);
		assertThat(handlers).filteredOn((handler) -> handler.patterns().contains("/rest/notes/**"))
			.singleElement()
			.satisfies((handler) -> {
				assertThat(handler.rule()).isEqualTo("by path /rest/notes/**: scope path");
				assertThat(handler.demands().scopes()).containsExactly(List.of("path"));
			});
		assertThat(handlers).filteredOn((handler) -> handler.kind() == Kind.QUERY)
			.extracting(HandlerDescription::rule)
			.containsExactly("", "scope read:notes", "scope read:other");
	}

	@Test
	void namesEveryEntryPointAlikeInEveryStart() {
		try (ConfigurableApplicationContext again = start("authenticated", GraphQlNotes.HalfDeclared.class)) {
			List<HandlerDescription> first = started("authenticated", GraphQlNotes.HalfDeclared.class)
				.getBean(HandlerInventory.class)
				.handlers();
			assertThat(again.getBean(HandlerInventory.class).handlers()).isEqualTo(first);
			assertThat(first.toString()).doesNotContainPattern("@[0-9a-f]{5,}").doesNotContain("$$");
		}
	}

	/** No spelling of a path avoids a rule. */
	@ParameterizedTest
	@CsvSource({ "GET /legacy/", "GET /legacy", "GET /legacy/a/b", "GET /legacy/%61", "GET /legacy/x.do", "GET /x.do",
			"HEAD /legacy/x", "OPTIONS /legacy/x", "GET /rest/notes/", "GET /second/notes/" })
	void holdsHoweverThePathIsSpelt(String call) {
		assertThat(new Visitor(declared()).call(call, "other")).startsWith("403");
	}

	private static ConfigurableApplicationContext declared() {
		List<String> properties = new ArrayList<>(List.of("auth-starter.undeclared-handlers=deny"));
		for (int i = 0; i < RULES.length; i++) {
			properties.add("auth-starter.rules[%d].path=%s".formatted(i, RULES[i]));
			properties.add("auth-starter.rules[%d].scopes=path".formatted(i));
		}
		return STARTED.computeIfAbsent("declared",
				(key) -> run(properties, ServedApi.class, GraphQlNotes.Declared.class, GraphQlNotes.Authors.class));
	}

	private static ConfigurableApplicationContext started(String undeclared, Class<?> graphQl) {
		return STARTED.computeIfAbsent(undeclared + graphQl, (key) -> start(undeclared, graphQl));
	}

	private static ConfigurableApplicationContext start(String undeclared, Class<?> graphQl) {
		return run(List.of("auth-starter.undeclared-handlers=" + undeclared), ServedApi.class, graphQl);
	}

	private static ConfigurableApplicationContext run(List<String> properties, Class<?>... sources) {
		return new SpringApplicationBuilder(sources)
			.properties(Stream.concat(PROPERTIES.stream(), properties.stream()).toArray(String[]::new))
			.run();
	}

}
