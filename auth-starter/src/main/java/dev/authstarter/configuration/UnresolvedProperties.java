package dev.authstarter.configuration;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Fails start-up if a property refers to another one that is not set. Spring Boot leaves
 * such a placeholder in the text, and with the audience {@code ${API_AUDIENCE}} every
 * token would be refused. Properties of other types fail at their conversion.
 */
public final class UnresolvedProperties implements ConfigurationPropertiesBindHandlerAdvisor {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("auth-starter");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

	@Override
	public BindHandler apply(BindHandler handler) {
		return new AbstractBindHandler(handler) {

			@Override
			public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					Object result) {
				if (PREFIX.isAncestorOf(name)) {
					requireResolved(name, result);
				}
				return super.onSuccess(name, target, context, result);
			}

		};
	}

	public static void requireResolved(ConfigurationPropertyName name, Object bound) {
		if (bound instanceof Collection<?> elements) {
			elements.forEach((element) -> requireResolved(name, element));
		}
		if (bound instanceof String text) {
			Matcher placeholder = PLACEHOLDER.matcher(text);
			if (placeholder.find()) {
				throw new InvalidConfigurationPropertyValueException(name.toString(), placeholder.group(),
						"'%s' is not set. Set it, as a property or an environment variable, or give it a default with '${%1$s:default}'."
							.formatted(placeholder.group(1)));
			}
		}
	}

	/**
	 * Reports it like every other invalid value. Spring Boot would show the name of a
	 * class, because the value is rejected while properties are bound.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static final class UnresolvedPropertyFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

		@Override
		protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
			InvalidConfigurationPropertyValueException refused = findCause(cause,
					InvalidConfigurationPropertyValueException.class);
			if (refused == null || !refused.getName().startsWith(PREFIX + ".")) {
				return null;
			}
			ConfigurationProperty property = cause.getProperty();
			String origin = (property != null) ? " (originating from '%s')".formatted(property.getOrigin()) : "";
			return new FailureAnalysis(
					"Invalid value '%s' for configuration property '%s'%s. %s".formatted(refused.getValue(),
							refused.getName(), origin, refused.getReason()),
					"Review the value of the property with the provided reason.", cause);
		}

	}

}
