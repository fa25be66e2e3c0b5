package dev.authstarter.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metadata that Spring Boot's annotation processor writes for this library's
 * properties, with the members of issuers and path rules, which are in separate files.
 *
 * @param groups the groups
 * @param properties the properties
 * @param hints values to offer, and examples
 */
record ConfigurationMetadata(List<Group> groups, List<Property> properties, List<Hint> hints) {

	private static final String ALL = "/META-INF/spring-configuration-metadata.json";

	private static final String OF_TYPE = "/META-INF/spring/configuration-metadata/%s.json";

	private static final Pattern ELEMENTS = Pattern.compile("java\\.util\\.(List|Map)<(?:.*,)?(.*\\$.*)>");

	static ConfigurationMetadata load() {
		ConfigurationMetadata metadata = read(ALL);
		List<Group> groups = new ArrayList<>(metadata.groups);
		List<Property> properties = new ArrayList<>();
		for (Property property : metadata.properties) {
			properties.add(property);
			String elements = property.elements();
			if (elements != null) {
				groups.add(new Group(elements, property.description));
				ConfigurationMetadata members = read(OF_TYPE.formatted(property.elementType()));
				members.properties.forEach((member) -> properties.add(member.in(elements)));
			}
		}
		return new ConfigurationMetadata(groups, properties, metadata.hints);
	}

	private static ConfigurationMetadata read(String resource) {
		try (InputStream json = AuthStarterProperties.class.getResourceAsStream(resource)) {
			assertThat(json).as(resource).isNotNull();
			return JsonMapper.shared().readValue(json, ConfigurationMetadata.class);
		}
		catch (IOException ex) {
			throw new IllegalStateException(resource, ex);
		}
	}

	@Nullable Hint hint(String name) {
		return this.hints.stream().filter((hint) -> hint.name.equals(name)).findFirst().orElse(null);
	}

	List<String> values(String name) {
		Hint hint = hint(name);
		assertThat(hint).as("hint for " + name).isNotNull();
		return hint.values().stream().map(Value::value).toList();
	}

	/**
	 * A group of properties.
	 *
	 * @param name what their names start with
	 * @param description what they are about
	 */
	record Group(String name, @Nullable String description) {

	}

	/**
	 * A property.
	 *
	 * @param name its name
	 * @param type its type, as it is written in Java
	 * @param description what it is for
	 * @param defaultValue the default: a text, number, truth or list
	 */
	record Property(String name, String type, @Nullable String description, @Nullable Object defaultValue) {

		/**
		 * Return the beginning of its members' names, if there is more than one value.
		 */
		@Nullable String elements() {
			Matcher elements = ELEMENTS.matcher(this.type);
			return elements.matches() ? this.name + (elements.group(1).equals("Map") ? ".<name>" : "[n]") : null;
		}

		/** Return the type of a value, or of each value in a list or map. */
		String elementType() {
			return this.type.replaceFirst("^java\\.util\\.(List|Map)<(?:.*,)?(.*)>$", "$2");
		}

		private Property in(String elements) {
			return new Property(elements + "." + this.name, this.type, this.description, this.defaultValue);
		}

	}

	/**
	 * What an editor offers.
	 *
	 * @param name the property
	 * @param values the values
	 * @param providers what else there may be
	 */
	record Hint(String name, List<Value> values, List<Provider> providers) {

		Hint {
			values = (values != null) ? values : List.of();
			providers = (providers != null) ? providers : List.of();
		}

		/** Return whether other values are allowed, too. */
		boolean isOpen() {
			return this.providers.contains(new Provider("any"));
		}

	}

	/**
	 * A value that an editor offers.
	 *
	 * @param value the value
	 * @param description what it means
	 */
	record Value(String value, String description) {

	}

	/**
	 * A provider of values for editors.
	 *
	 * @param name of the kind
	 */
	record Provider(String name) {

	}

}
