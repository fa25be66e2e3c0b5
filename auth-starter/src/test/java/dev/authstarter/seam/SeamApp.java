package dev.authstarter.seam;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.configuration.MissingPropertyException;
import dev.authstarter.fixture.TestToken;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the API with given properties and beans.
 */
final class SeamApp {

	private final Map<String, String> given;

	/**
	 * Start it with the keys of this place.
	 */
	SeamApp(URI keys) {
		this.given = Map.of("auth-starter.issuer", TestToken.ISSUER, "auth-starter.audience", TestToken.AUDIENCE,
				"auth-starter.jwks-uri", keys.toString());
	}

	Map<String, String> given() {
		return this.given;
	}

	Map<String, String> without(String property) {
		Map<String, String> properties = new LinkedHashMap<>(this.given);
		properties.remove(property);
		return properties;
	}

	ConfigurableApplicationContext start(Map<String, String> some, Map<String, String> more, Class<?>... beans) {
		Map<String, String> properties = new LinkedHashMap<>(some);
		properties.putAll(more);
		return SeamApi.start(properties, beans);
	}

	ConfigurableApplicationContext start(Class<?>... beans) {
		return SeamApi.start(this.given, beans);
	}

	/** The start fails, and what a person reads has these words. */
	void fails(Map<String, String> some, Map<String, String> more, String... words) {
		Map<String, String> properties = new LinkedHashMap<>(some);
		properties.putAll(more);
		fails(new WebApplicationContextRunner().withUserConfiguration(SeamApi.class), properties, words);
	}

	/** The start fails for these beans, and what a person reads has these words. */
	void fails(Class<?> beans, String... words) {
		fails(new WebApplicationContextRunner().withUserConfiguration(SeamApi.class, beans), this.given, words);
	}

	/** Without a web server, which would only take time. */
	private static void fails(WebApplicationContextRunner api, Map<String, String> properties, String... words) {
		api.withPropertyValues(
				properties.entrySet().stream().map((one) -> one.getKey() + "=" + one.getValue()).toArray(String[]::new))
			.run((context) -> assertThat(context).getFailure()
				.satisfies((failure) -> assertThat(texts(failure)).contains(words)));
	}

	private static String texts(Throwable failure) {
		StringBuilder texts = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			texts.append(cause.getMessage()).append('\n');
			if (cause instanceof AccessRuleException rule) {
				texts.append(rule.action()).append('\n');
			}
			if (cause instanceof MissingPropertyException missing) {
				texts.append(missing.action()).append('\n');
			}
		}
		return texts.toString();
	}

}
