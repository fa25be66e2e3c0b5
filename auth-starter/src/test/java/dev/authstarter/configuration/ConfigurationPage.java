package dev.authstarter.configuration;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.configuration.ConfigurationMetadata.Group;
import dev.authstarter.configuration.ConfigurationMetadata.Hint;
import dev.authstarter.configuration.ConfigurationMetadata.Property;
import dev.authstarter.provider.ProviderSetting;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Writes the reference of all properties for {@code docs/configuration.md}: a section for
 * each group, with a table and the values that are allowed or usual.
 */
final class ConfigurationPage {

	private static final Map<String, String> TYPES = Map.of("java.lang.String", "text", "java.lang.Boolean",
			"`true` or `false`", "java.lang.Integer", "number", "java.time.Duration", "duration",
			"org.springframework.util.unit.DataSize", "size", "java.net.URI", "URI", "java.nio.file.Path",
			"path of a file");

	/** What is quoted, and what Markdown would take for its own. */
	private static final Pattern SPECIAL = Pattern.compile("(?<!\\w)'([^' ]+)'|[*<|]");

	private final ConfigurationMetadata metadata;

	private final Map<String, Group> groups = new TreeMap<>();

	ConfigurationPage(ConfigurationMetadata metadata) {
		this.metadata = metadata;
		metadata.groups().forEach((group) -> this.groups.put(group.name(), group));
	}

	String write() {
		StringBuilder page = new StringBuilder();
		this.groups.keySet().forEach((name) -> page.append("- [`%s`](%s)\n".formatted(name, anchor(name))));
		for (Group group : this.groups.values()) {
			page.append("\n### `%s`\n\n%s\n\n".formatted(group.name(), text(group.description())));
			page.append("| property | type | default | description |\n| --- | --- | --- | --- |\n");
			List<Property> properties = properties(group);
			properties.forEach((property) -> page.append(row(property)));
			properties.forEach((property) -> page.append(values(this.metadata.hint(property.name()))));
		}
		return page.toString();
	}

	private List<Property> properties(Group group) {
		return this.metadata.properties()
			.stream()
			.filter((property) -> group.name().equals(groupOf(property)))
			.sorted(Comparator.comparing(Property::name))
			.toList();
	}

	private @Nullable String groupOf(Property property) {
		return this.groups.keySet()
			.stream()
			.filter((name) -> property.name().startsWith(name + "."))
			.max(Comparator.comparing(String::length))
			.orElse(null);
	}

	private static String row(Property property) {
		return Stream
			.of("`" + property.name() + "`", type(property), defaultValue(property), text(property.description()))
			.collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	private static String type(Property property) {
		String elements = property.elements();
		if (elements != null) {
			return "[see below](%s)".formatted(anchor(elements));
		}
		String type = TYPES.get(property.elementType());
		String words = (type != null) ? type : String.join(", ", code(constants(property.elementType())));
		return property.type().startsWith("java.util.List") ? "list of " + words.replaceFirst("text$", "texts") : words;
	}

	/** Return the values of an enumeration as they are written in a configuration. */
	static List<String> constants(String type) {
		Object[] constants = ClassUtils.resolveClassName(type, null).getEnumConstants();
		return Stream.of(constants)
			.map((constant) -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
	}

	private static String defaultValue(Property property) {
		Object value = property.defaultValue();
		if (value == null) {
			boolean preset = Stream.of(ProviderSetting.values())
				.anyMatch((setting) -> property.name().equals("auth-starter." + setting.property()));
			return preset ? "the preset's" : "";
		}
		return String.join(", ", code((value instanceof Collection<?> list) ? list : List.of(value)));
	}

	private static List<String> code(Collection<?> values) {
		return values.stream().map((value) -> "`" + value + "`").toList();
	}

	private static String values(@Nullable Hint hint) {
		if (hint == null || hint.values().isEmpty()) {
			return "";
		}
		return hint.values()
			.stream()
			.map((value) -> "- %s: %s\n".formatted(value.value().isEmpty() ? "empty" : "`" + value.value() + "`",
					text(value.description())))
			.collect(Collectors.joining("",
					"\n%s `%s`:\n\n".formatted(hint.isOpen() ? "Examples of" : "Values of", hint.name()), ""));
	}

	private static String anchor(String heading) {
		return "#" + heading.replaceAll("[^a-z0-9-]", "");
	}

	private static String text(@Nullable String description) {
		return SPECIAL.matcher(String.valueOf(description)).replaceAll(ConfigurationPage::escape);
	}

	private static String escape(MatchResult special) {
		String quoted = special.group(1);
		return Matcher.quoteReplacement((quoted != null) ? "`" + quoted + "`" : "\\" + special.group());
	}

}
