package dev.authstarter.issuer;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Describes an invalid property without its value if that contains a secret in any
 * property source. Other properties are left to Spring Boot's own analyzers, which show
 * more.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SecretValueFailureAnalyzer implements FailureAnalyzer {

	private final @Nullable Environment environment;

	SecretValueFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidConfigurationPropertyValueException invalid && hidesValue(invalid.getName())) {
				return analysis(invalid.getName(), String.valueOf(invalid.getReason()), invalid);
			}
			if (cause instanceof BindException unbound && hidesValue(unbound.getName().toString())) {
				// The messages of the causes quote the value.
				return analysis(unbound.getName().toString(),
						"It cannot be converted to %s.".formatted(unbound.getTarget().getType()), unbound);
			}
		}
		return null;
	}

	private static FailureAnalysis analysis(String property, String reason, Throwable cause) {
		return new FailureAnalysis(
				"The value of the property '%s' is invalid. It is not shown, since it may hold a secret.%n%n%s"
					.formatted(property, reason),
				"Correct the value of '%s' wherever it is set.".formatted(property), cause);
	}

	private boolean hidesValue(String property) {
		return property.endsWith("secret") || values(property).stream()
			.map(String::valueOf)
			.anyMatch((value) -> !SecureTransport.withoutSecrets(value).equals(value));
	}

	private List<Object> values(String property) {
		List<Object> values = new ArrayList<>();
		if (this.environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				Object value = source.getProperty(property);
				if (value != null) {
					values.add(value);
				}
			}
		}
		return values;
	}

}
