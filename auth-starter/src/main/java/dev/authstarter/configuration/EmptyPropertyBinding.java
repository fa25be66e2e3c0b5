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
 * Treats an empty property as not set: a profile can reset a property, and
 * {@code ${INTROSPECTION_URI:}} may be empty. Without this, Spring Boot binds nothing and
 * reports the property as unknown. Empty texts and lists are bound and validated like all
 * others; booleans must be true or false.
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
