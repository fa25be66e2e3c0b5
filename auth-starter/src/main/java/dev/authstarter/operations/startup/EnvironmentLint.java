package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.PropertyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.IgnoreErrorsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds environment variables that look like properties of this library and set none.
 * Unlike unknown properties of files, they are ignored by Spring Boot, so that a misspelt
 * rule there would have no effect.
 */
public final class EnvironmentLint implements Lint {

	/**
	 * Kubernetes sets variables for each service, and a service may have this library's
	 * name.
	 */
	private static final Pattern OURS = Pattern.compile("AUTH_?STARTER_(?!SERVICE_|PORT(_|$)).*",
			Pattern.CASE_INSENSITIVE);

	private final ConfigurableEnvironment environment;

	/**
	 * Create the check.
	 * @param environment the environment of the application
	 */
	public EnvironmentLint(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public List<String> findings() {
		PropertySource<?> variables = this.environment.getPropertySources()
			.get(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		if (!(variables instanceof SystemEnvironmentPropertySource system)) {
			return List.of();
		}
		Set<String> names = new TreeSet<>();
		for (String name : system.getPropertyNames()) {
			if (OURS.matcher(name).matches()) {
				names.add(name);
			}
		}
		if (!names.isEmpty()) {
			names.removeAll(read(system));
		}
		return names.stream().map(EnvironmentLint::finding).toList();
	}

	/**
	 * Bind with the variables as the first source: a variable that another source
	 * overrides counts as read.
	 */
	private Set<String> read(SystemEnvironmentPropertySource variables) {
		List<ConfigurationPropertySource> sources = new ArrayList<>();
		sources.add(ConfigurationPropertySource.from(variables));
		ConfigurationPropertySources.get(this.environment).forEach(sources::add);
		Set<String> read = new HashSet<>();
		new Binder(sources, new PropertySourcesPlaceholdersResolver(this.environment)).bind(PropertyNames.PREFIX,
				Bindable.of(AuthStarterProperties.class), new IgnoreErrorsBindHandler(new Recorder(read)));
		return read;
	}

	private static String finding(String variable) {
		String letters = letters(variable);
		return PropertyNames.like("")
			.stream()
			.filter((property) -> letters(property).equals(letters))
			.findFirst()
			.map((property) -> "The environment variable '%s' has no effect: the variable for '%s' is '%s'."
				.formatted(variable, property, PropertyNames.variable(property)))
			.orElseGet(() -> ("The environment variable '%s' has no effect: there is no such property. In the name of "
					+ "a variable, dots become underscores and dashes are removed.")
				.formatted(variable));
	}

	private static String letters(String name) {
		return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Records which variables are read.
	 */
	private static final class Recorder extends AbstractBindHandler {

		private final Set<String> read;

		Recorder(Set<String> read) {
			this.read = read;
		}

		@Override
		public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				@Nullable Object result) throws Exception {
			ConfigurationProperty property = context.getConfigurationProperty();
			if (property != null && property.getOrigin() instanceof PropertySourceOrigin origin) {
				this.read.add(origin.getPropertyName());
			}
		}

	}

}
