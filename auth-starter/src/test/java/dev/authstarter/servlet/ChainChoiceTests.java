package dev.authstarter.servlet;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.HttpFirewall;

import static dev.authstarter.servlet.ChainsApi.http;
import static dev.authstarter.servlet.ChainsApi.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Each method and each pattern of a handler may be matched by another chain.
 */
class ChainChoiceTests {

	private final TestToken good = TestToken.validAt(TestApi.NOW);

	@Test
	void refusesToStartWhereNoRequestPassesTheChains() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE,
					"spring.security.filter.dispatcher-types=forward,error")
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("spring.security.filter.dispatcher-types"));
	}

	@Test
	void startsWhereOneOfTheMethodsOfAHandlerMayCarryATokenAndRefusesTheOthers() {
		try (ConfigurableApplicationContext context = start(Constellation.BY_METHOD,
				List.of(ChainHandlers.Everywhere.class))) {
			HttpCalls http = http(context);
			assertThat(http.answer("/api/everywhere", this.good.signed())).isEqualTo("200");
			assertThat(http
				.send(http.request("/api/everywhere")
					.header("Authorization", "Bearer " + this.good.signed())
					.POST(BodyPublishers.noBody()))
				.statusCode()).isBetween(401, 403);
		}
	}

	@Test
	void failsForTheMethodThatIsTakenByAnotherChain() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(Constellation.BY_METHOD, List.of(ChainHandlers.Posts.class)).close())
			.withMessageContaining("Posts#post ('/api/posts' is taken by the filter chain 'posts', which reads no");
	}

	@Test
	void failsForThePatternThatIsTakenByAnotherChain() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(Constellation.API_AND_LOGIN, List.of(ChainHandlers.Everywhere.class)).close())
			.withMessageContaining("Everywhere#any ('/pages/everywhere' is taken by the filter chain 'pages'");
	}

	@Test
	void comparesPathsBelowTheServletOfSpringMvc() {
		try (ConfigurableApplicationContext context = start(Constellation.DISJOINT,
				List.of(ChainHandlers.ApiRule.class), "spring.mvc.servlet.path=/app")) {
			assertThat(http(context).answer("/app/api/rule", this.good.signed())).isEqualTo("200");
		}
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(Constellation.DISJOINT, List.of(ChainHandlers.PageRule.class),
					"spring.mvc.servlet.path=/app")
				.close())
			.withMessageContaining("PageRule#get ('/pages/rule' is taken by the filter chain 'pages'");
	}

	@Test
	void failsForHandlerThatNoChainTakes() {
		assertThatExceptionOfType(AccessRuleException.class)
			.isThrownBy(() -> start(Constellation.ACTUATOR_ALONE, List.of(ChainHandlers.ApiRule.class),
					"spring.autoconfigure.exclude=" + ApiSecurityAutoConfiguration.class.getName())
				.close())
			.withMessageEndingWith("ApiRule#get ('/api/rule' is taken by no filter chain).");
	}

	/** In other chains it is unknown which filters read the header. */
	@ParameterizedTest
	@EnumSource
	void leavesCharactersOfTokensToTheDecoderOnlyWhereNothingStandsBesideTheOwnChain(Constellation constellation) {
		try (ConfigurableApplicationContext context = start(constellation, List.of())) {
			HttpFirewall firewall = context.getBean(HttpFirewall.class);
			MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
			request.addHeader("Authorization", "Bearer a\u0085");
			Throwable rejection = catchThrowable(
					() -> firewall.getFirewalledRequest(request).getHeaders("Authorization").nextElement());
			assertThat(rejection == null)
				.isEqualTo(constellation == Constellation.NONE || constellation == Constellation.CUSTOMIZED);
		}
	}

}
