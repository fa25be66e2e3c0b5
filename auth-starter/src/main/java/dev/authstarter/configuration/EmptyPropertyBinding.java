package dev.authstarter.configuration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Takes a property that is set to nothing for one that is not set: so a profile takes
 * back what is set for all, and {@code ${INTROSPECTION_URI:}} may stay empty. Spring Boot
 * finds nothing in it to bind, and by itself would call it unknown. Texts and lists are
 * bound where they are empty, and judged like all others; switches must be on or off.
 */
public final class EmptyPropertyBinding implements ConfigurationPropertiesBindHandlerAdvisor {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("auth-starter");

	@Override
	public BindHandler apply(BindHandler handler) {
		return new AbstractBindHandler(handler) {

			@Override
			public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
					@Nullable Object result) throws Exception {
				if (result == null && PREFIX.isAncestorOf(name) && isRead(name, context)) {
					super.onSuccess(name, target, context, "");
				}
				super.onFinish(name, target, context, result);
			}

		};
	}

	private static boolean isRead(ConfigurationPropertyName name, BindContext context) {
		ConfigurationProperty last = context.getConfigurationProperty();
		return last != null && last.getName().equals(name);
	}

}
