package dev.authstarter.claims;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The presets that come with the library, read from {@code providers.json} beside this
 * class. Only those that somebody asks for are made of it.
 */
final class Presets {

	/** What counts when no provider is named. */
	static final String GENERIC = "generic";

	private final Map<Setting, List<String>> defaults;

	private final JsonNode providers;

	private Presets(JsonNode data) {
		this.defaults = lists(data.path("defaults"), Map.of());
		this.providers = data.path("providers");
	}

	static Presets load() {
		try (InputStream resource = Presets.class.getResourceAsStream("providers.json")) {
			if (resource == null) {
				throw new IllegalStateException("providers.json is missing from the library");
			}
			return new Presets(JsonMapper.shared().readTree(resource));
		}
		catch (IOException | JacksonException ex) {
			throw new IllegalStateException("providers.json cannot be read", ex);
		}
	}

	private static Preset preset(String name, JsonNode data, Map<Setting, List<String>> defaults) {
		Set<Preset.Switch> switches = EnumSet.noneOf(Preset.Switch.class);
		for (String key : texts(data, "switches")) {
			switches.add(Preset.Switch.valueOf(key.replace('-', '_').toUpperCase(Locale.ROOT)));
		}
		return new Preset(name, text(data, "issuer"), text(data, "keys"), lists(data, defaults),
				Set.copyOf(texts(data, "foreign-audiences")), switches);
	}

	private static Map<Setting, List<String>> lists(JsonNode data, Map<Setting, List<String>> defaults) {
		Map<Setting, List<String>> lists = new EnumMap<>(Setting.class);
		for (Setting setting : Setting.values()) {
			lists.put(setting,
					data.has(setting.key()) ? texts(data, setting.key()) : defaults.getOrDefault(setting, List.of()));
		}
		return lists;
	}

	private static String text(JsonNode data, String key) {
		return data.has(key) ? data.path(key).stringValue() : "";
	}

	private static List<String> texts(JsonNode data, String key) {
		return data.has(key) ? data.path(key).asArray().valueStream().map(JsonNode::stringValue).toList() : List.of();
	}

	@Nullable Preset find(String name) {
		JsonNode data = this.providers.get(name);
		return (data != null) ? preset(name, data, this.defaults) : null;
	}

	/**
	 * Return the names of the presets.
	 * @return the names in alphabetical order
	 */
	List<String> names() {
		return this.providers.propertyNames().stream().sorted().toList();
	}

}
