package dev.authstarter.test.issuer.local;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports which {@code local-issuer} property does not exist, and which do. Never shows
 * the value, which may be a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownLocalIssuerPropertyAnalyzer
		extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

	private static final String PREFIX = "local-issuer.";

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
		for (ConfigurationProperty property : cause.getUnboundProperties()) {
			String name = property.getName().toString();
			if (name.startsWith(PREFIX)) {
				return new FailureAnalysis(
						"The property '%s' (originating from '%s') does not exist.".formatted(name,
								property.getOrigin()),
						"Rename or remove it. The properties are %s.".formatted(names(parent(name))), cause);
			}
		}
		return null;
	}

	/** The type of the properties beside the one with a name. */
	private static Class<?> parent(String name) {
		if (name.matches("local-issuer\\.users\\..+\\..+")) {
			return LocalIssuerProperties.User.class;
		}
		return name.matches("local-issuer\\.clients\\..+\\..+") ? LocalIssuerProperties.Client.class
				: LocalIssuerProperties.class;
	}

	private static String names(Class<?> type) {
		return Arrays.stream(type.getRecordComponents())
			.map((component) -> "'" + DataObjectPropertyName.toDashedForm(component.getName()) + "'")
			.collect(Collectors.joining(", "));
	}

}
