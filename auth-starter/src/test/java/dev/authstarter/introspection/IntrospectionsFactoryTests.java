package dev.authstarter.introspection;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.authentication.AuthoritiesAutoConfiguration;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.EventAutoConfiguration;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.IssuerAutoConfiguration;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.token.TokenAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which configurations of introspection are valid, and the failure messages of others.
 */
class IntrospectionsFactoryTests {

	private static final List<String> SINGLE = List.of("issuer=" + TestToken.ISSUER, "audience=x");

	private static final List<String> SEVERAL = List.of("issuers.staff.issuer=https://staff.example/",
			"issuers.staff.audience=x", "issuers.partners.issuer=https://partners.example/",
			"issuers.partners.audience=x", "issuers.staff.organization.allowed=*",
			"issuers.partners.organization.allowed=*");

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AuthStarterAutoConfiguration.class, EventAutoConfiguration.class,
				IssuerAutoConfiguration.class, KeysAutoConfiguration.class, ClaimsAutoConfiguration.class,
				AuthoritiesAutoConfiguration.class, TokenAutoConfiguration.class));

	@ParameterizedTest
	@ValueSource(strings = { "opaque", "jwt", "all", "ALL" })
	void takesEachKindOfTokens(String tokens) {
		assertStarts(SINGLE, endpoint("introspection.", tokens));
		assertStarts(SEVERAL, endpoint("issuers.partners.introspection.", tokens));
	}

	@ParameterizedTest
	@CsvSource({ "jwt, jwt", "jwt, opaque", "all, jwt" })
	void takesEndpointsOfSeveralIssuers(String staff, String partners) {
		assertStarts(SEVERAL, endpoint("issuers.staff.introspection.", staff),
				endpoint("issuers.partners.introspection.", partners));
	}

	@ParameterizedTest
	@CsvSource({ "opaque, opaque", "all, opaque", "opaque, all", "all, all" })
	void asksOneIssuerAboutOpaqueTokens(String staff, String partners) {
		assertRefused("auth-starter.issuers.partners.introspection.tokens", "Set one of the two to 'jwt'", SEVERAL,
				endpoint("issuers.staff.introspection.", staff), endpoint("issuers.partners.introspection.", partners));
	}

	@Test
	void refusesEndpointForAllBesideThatOfAnIssuer() {
		assertRefused("auth-starter.introspection.uri", "Move it to the issuer", SEVERAL,
				endpoint("introspection.", "opaque"), endpoint("issuers.staff.introspection.", "jwt"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jwt", "all" })
	void refusesToAskOneEndpointAboutJwtsOfSeveralIssuers(String tokens) {
		assertRefused("auth-starter.introspection.tokens", "issuers.<name>.introspection", SEVERAL,
				endpoint("introspection.", tokens));
	}

	@ParameterizedTest
	@CsvSource({ "introspection., jwt", "introspection., all" })
	void refusesMissingEndpoint(String prefix, String tokens) {
		assertRefused("auth-starter." + prefix + "uri", "introspection endpoint", SINGLE,
				List.of(prefix + "tokens=" + tokens));
		assertRefused("auth-starter.issuers.staff." + prefix + "uri", "introspection endpoint", SEVERAL,
				List.of("issuers.staff." + prefix + "tokens=" + tokens));
	}

	@ParameterizedTest
	@CsvSource({ "uri, http://staff.example/introspect", "uri, https://u:p@staff.example/", "time-to-live, 601s",
			"time-to-live, -1ms", "timeout, 0s", "timeout, 31s", "tokens, some", "client-id, ", "client-secret, " })
	void validatesEndpointOfEachIssuer(String name, String value) {
		String prefix = "issuers.staff.introspection.";
		List<String> endpoint = new ArrayList<>(endpoint(prefix, "jwt"));
		endpoint.removeIf((property) -> property.startsWith(prefix + name + "="));
		if (value != null) {
			endpoint.add(prefix + name + "=" + value);
		}
		assertRefused("auth-starter." + prefix + name, "", SEVERAL, endpoint);
	}

	private static List<String> endpoint(String prefix, String tokens) {
		return List.of(prefix + "uri=https://issuer.example/introspect", prefix + "client-id=api",
				prefix + "client-secret=secret", prefix + "tokens=" + tokens);
	}

	private ApplicationContextRunner with(Iterable<List<String>> properties) {
		ApplicationContextRunner runner = this.context;
		for (List<String> some : properties) {
			runner = runner.withPropertyValues(some.stream().map("auth-starter."::concat).toArray(String[]::new));
		}
		return runner;
	}

	private void assertStarts(List<String> issuers, List<String> endpoint) {
		assertStarts(issuers, endpoint, List.of());
	}

	private void assertStarts(List<String> issuers, List<String> endpoint, List<String> another) {
		with(List.of(issuers, endpoint, another)).run((started) -> assertThat(started).hasNotFailed());
	}

	private void assertRefused(String property, String sentence, List<String> issuers, List<String> endpoint) {
		assertRefused(property, sentence, issuers, endpoint, List.of());
	}

	private void assertRefused(String property, String sentence, List<String> issuers, List<String> endpoint,
			List<String> another) {
		with(List.of(issuers, endpoint, another)).run((started) -> {
			assertThat(started).hasFailed();
			Throwable failure = started.getStartupFailure();
			StringBuilder messages = new StringBuilder();
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				messages.append(cause).append('\n');
				if (cause instanceof InvalidConfigurationPropertyValueException invalid) {
					messages.append(invalid.getName()).append(invalid.getReason());
				}
			}
			assertThat(messages).contains(property, sentence);
		});
	}

}
