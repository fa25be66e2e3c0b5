package dev.authstarter.servlet;

import java.net.http.HttpResponse;
import java.util.List;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static dev.authstarter.servlet.ChainsApi.http;
import static dev.authstarter.servlet.ChainsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The lines and warnings of the start-up report about filter chains.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChainReportTests {

	private static final String OWN = "filter chain: 'apiSecurityFilterChain' for any request, reads access tokens";

	private static final String HANDLERS = "dev.authstarter.servlet.ChainHandlers$";

	private static final String DENY = "auth-starter.undeclared-handlers=deny";

	private static final String FAIL_START = "auth-starter.undeclared-handlers=fail-start";

	@Test
	void namesTheOwnChainAlone(CapturedOutput output) {
		start(Constellation.NONE, List.of(ChainHandlers.ApiSilent.class)).close();
		assertThat(lines(output, "filter chain")).containsExactly(OWN);
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void namesChainsInTheirOrder(CapturedOutput output) {
		start(Constellation.DISJOINT, List.of()).close();
		assertThat(lines(output, "filter chain")).containsExactly(
				"filter chain: 'pages' for Or [PathPattern [/pages/**], PathPattern [/login]], reads no access tokens",
				"filter chain: 'machines' for Or [PathPattern [/machines/**]], reads no access tokens", OWN);
	}

	@Test
	void saysWhereAFilterOfTheApplicationMayReadTokens(CapturedOutput output) {
		start(Constellation.OWN_FILTER, List.of(ChainHandlers.ApiRule.class, ChainHandlers.ApiSilent.class)).close();
		assertThat(lines(output, "filter chain"))
			.containsExactly("filter chain: 'everything' for any request, has a filter that may read access tokens");
		assertThat(lines(output, "no rule")).containsExactly("no rule: GET /api/silent " + HANDLERS + "ApiSilent#get");
	}

	@Test
	void namesConditionsOfChainsTheSameInEachRun(CapturedOutput output) {
		start(Constellation.BY_HEADER, List.of()).close();
		start(Constellation.OWN_TYPE, List.of()).close();
		assertThat(lines(output, "filter chain")).containsExactly(
				"filter chain: 'clients' for requests that dev.authstarter.servlet.Constellation$ByHeader$$Lambda decides on, "
						+ "reads access tokens",
				"filter chain: 'browsers' for any request, reads no access tokens",
				"filter chain: 'pages' for requests that dev.authstarter.servlet.Constellation$OwnType$1 decides on, "
						+ "reads no access tokens",
				OWN);
	}

	@Test
	void listsHandlerInChainThatReadsNoTokensAndDoesNotCountItAsUndeclared(CapturedOutput output) {
		start(Constellation.API_AND_LOGIN, List.of(ChainHandlers.PageSilent.class, ChainHandlers.ApiSilent.class))
			.close();
		assertThat(lines(output, "not for tokens"))
			.containsExactly("not for tokens, in 'pages': GET /pages/silent " + HANDLERS + "PageSilent#get");
		assertThat(lines(output, "no rule")).containsExactly("no rule: GET /api/silent " + HANDLERS + "ApiSilent#get");
		assertThat(warnings(output)).noneMatch((warning) -> warning.contains("Unauthenticated clients"));
	}

	@Test
	void failsTheStartForUndeclaredHandlersInChainsThatReadTokensAlone() {
		start(Constellation.API_AND_LOGIN, List.of(ChainHandlers.PageSilent.class), FAIL_START).close();
		assertThatExceptionOfType(AccessRuleException.class).isThrownBy(
				() -> start(Constellation.API_AND_LOGIN, List.of(ChainHandlers.ApiSilent.class), FAIL_START).close())
			.withMessageContaining("ApiSilent#get (/api/silent)");
	}

	@Test
	void deniesUndeclaredHandlersInChainsThatReadTokensAlone(CapturedOutput output) {
		try (ConfigurableApplicationContext started = start(Constellation.FIRST_AND_OPEN,
				List.of(ChainHandlers.PageSilent.class, ChainHandlers.ApiSilent.class), DENY)) {
			assertThat(answer(started, "/pages/silent")).isEqualTo("403 access_denied");
			assertThat(answer(started, "/api/silent")).isEqualTo("403 access_denied");
		}
		assertThat(warnings(output)).isEmpty();
		try (ConfigurableApplicationContext started = start(Constellation.IGNORING,
				List.of(ChainHandlers.PageSilent.class, ChainHandlers.ApiSilent.class), DENY)) {
			assertThat(answer(started, "/pages/silent")).isEqualTo("200");
			assertThat(answer(started, "/api/silent")).isEqualTo("403 access_denied");
		}
		assertThat(warnings(output)).singleElement().asString().contains("web.ignoring()");
	}

	@Test
	void warnsOfHandlerThatAnIgnoredPathOpens(CapturedOutput output) {
		start(Constellation.IGNORING, List.of(ChainHandlers.PageSilent.class)).close();
		assertThat(lines(output, "not for tokens"))
			.containsExactly("not for tokens, in 'web.ignoring() of PathPattern [/pages/**]': GET /pages/silent "
					+ HANDLERS + "PageSilent#get");
		assertThat(warnings(output)).containsExactly("warning: Unauthenticated clients can call handlers without a "
				+ "rule in 'web.ignoring() of PathPattern [/pages/**]': GET " + "/pages/silent " + HANDLERS
				+ "PageSilent#get.");
	}

	@Test
	void warnsOfHandlerThatAChainWithTokensOpens(CapturedOutput output) {
		start(Constellation.FIRST_AND_OPEN, List.of(ChainHandlers.PageSilent.class, ChainHandlers.PageRule.class))
			.close();
		assertThat(warnings(output)).containsExactly("warning: Unauthenticated clients can call handlers without a "
				+ "rule in 'pages': " + "GET /pages/silent " + HANDLERS + "PageSilent#get.");
	}

	@Test
	void warnsOfHandlerThatACustomizerOfTheOwnChainOpens(CapturedOutput output) {
		try (ConfigurableApplicationContext started = start(Constellation.CUSTOMIZED,
				List.of(ChainHandlers.PageSilent.class, ChainHandlers.ApiSilent.class))) {
			assertThat(http(started).get("/pages/silent").statusCode()).isEqualTo(200);
			assertThat(http(started).get("/api/silent").statusCode()).isEqualTo(401);
		}
		assertThat(warnings(output)).containsExactly("warning: Unauthenticated clients can call handlers without a "
				+ "rule in 'apiSecurityFilterChain': GET /pages/silent " + HANDLERS + "PageSilent#get.");
	}

	@Test
	void warnsWhereNoChainReadsTokens(CapturedOutput output) {
		start(Constellation.ANY_WITHOUT_TOKENS, List.of()).close();
		assertThat(warnings(output))
			.contains("warning: No filter chain reads access tokens, so this API accepts none.");
	}

	@Test
	void warnsOfPublicPathsThatAChainOfTheApplicationCloses(CapturedOutput output) {
		start(Constellation.API_AND_LOGIN, List.of(), "auth-starter.public-paths=/api/open/**,/pages/{page}").close();
		assertThat(warnings(output)).contains(
				"warning: '/api/open/**' in 'auth-starter.public-paths' is not public: the filter chain 'api' of the "
						+ "application decides there. To make it public, add requests.requestMatchers(\"/api/open/**\")"
						+ ".permitAll() to that chain.",
				"warning: '/pages/{page}' in 'auth-starter.public-paths' is not public: the filter chain 'pages' of "
						+ "the " + "application decides there. To make it public, add "
						+ "requests.requestMatchers(\"/pages/{page}\")" + ".permitAll() to that chain.");
	}

	@Test
	void saysNothingOfPublicPathsThatAreOpen(CapturedOutput output) {
		start(Constellation.FIRST_AND_OPEN, List.of(ChainHandlers.PageSilent.class),
				"auth-starter.public-paths=/api/open/**,/pages/**")
			.close();
		assertThat(warnings(output)).isEmpty();
	}

	@Test
	void warnsOfHealthThatAChainOfTheApplicationCloses(CapturedOutput output) {
		try (ConfigurableApplicationContext started = start(Constellation.ACTUATOR_ALONE, List.of())) {
			assertThat(http(started).get("/actuator/health").statusCode()).isEqualTo(401);
		}
		assertThat(warnings(output)).containsExactly(
				"warning: '/actuator/health', which probes request without a token, is not public: the filter chain "
						+ "'actuator' of the application decides there. To make it public, add "
						+ "requests.requestMatchers(EndpointRequest.to(HealthEndpoint.class)).permitAll() to that chain.");
	}

	@Test
	void warnsOfHandlerThatNoChainTakes(CapturedOutput output) {
		start(Constellation.ACTUATOR_ALONE, List.of(ChainHandlers.PageSilent.class),
				"spring.autoconfigure.exclude=" + ApiSecurityAutoConfiguration.class.getName())
			.close();
		assertThat(warnings(output))
			.contains("warning: Unauthenticated clients can call handlers without a rule in no filter chain: GET "
					+ "/pages/silent " + HANDLERS + "PageSilent#get.");
	}

	@Test
	void saysNothingOfHealthOnAnotherPort(CapturedOutput output) {
		start(Constellation.ANY_WITH_TOKENS, List.of(), "management.server.port=0").close();
		assertThat(warnings(output)).isEmpty();
	}

	private static String answer(ConfigurableApplicationContext started, String path) {
		HttpResponse<String> response = http(started).getWithToken(path, TestToken.validAt(TestApi.NOW).signed());
		return (response.statusCode() == 200) ? "200"
				: response.statusCode() + " " + HttpCalls.json(response).get("reason");
	}

	private static List<String> warnings(CapturedOutput output) {
		return lines(output, "warning: ");
	}

	private static List<String> lines(CapturedOutput output, String start) {
		return output.getAll().lines().map(String::strip).filter((line) -> line.startsWith(start)).toList();
	}

}
