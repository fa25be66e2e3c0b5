package dev.authstarter.configuration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Reports which properties are missing and what to set them to, and the origin of those
 * that are empty, for example by an empty environment variable.
 */
final class MissingPropertyFailureAnalyzer extends AbstractFailureAnalyzer<MissingPropertyException> {

	private final @Nullable Environment environment;

	MissingPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MissingPropertyException cause) {
		StringBuilder description = new StringBuilder(String.valueOf(cause.getMessage()));
		for (String property : cause.properties()) {
			ConfigurationProperty empty = find(property);
			if (empty != null) {
				description.append("%n'%s' is set to an empty value (originating from '%s').".formatted(property,
						empty.getOrigin()));
			}
		}
		return new FailureAnalysis(description.toString(), cause.action(), cause);
	}

	private @Nullable ConfigurationProperty find(String property) {
		if (this.environment == null) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty found = source.getConfigurationProperty(name);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

}
