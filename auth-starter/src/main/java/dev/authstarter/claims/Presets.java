package dev.authstarter.claims;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * The presets that come with the library, read from {@code providers.json} beside this
 * class.
 */
final class Presets {

	/** What counts when no provider is named. */
	static final String GENERIC = "generic";

	private final SortedMap<String, Preset> presets = new TreeMap<>();

	private Presets(Map<String, Object> data) throws ParseException {
		Map<Setting, List<String>> defaults = lists(object(data, "defaults"), Map.of());
		Map<String, Object> providers = object(data, "providers");
		for (String name : providers.keySet()) {
			this.presets.put(name, preset(name, object(providers, name), defaults));
		}
	}

	static Presets load() {
		try (InputStream resource = Presets.class.getResourceAsStream("providers.json")) {
			if (resource == null) {
				throw new IllegalStateException("providers.json is missing from the library");
			}
			String json = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
			return new Presets(JSONObjectUtils.parse(json));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException("providers.json cannot be read", ex);
		}
	}

	private static Preset preset(String name, Map<String, Object> data, Map<Setting, List<String>> defaults)
			throws ParseException {
		Set<Preset.Switch> switches = EnumSet.noneOf(Preset.Switch.class);
		for (String key : texts(data, "switches")) {
			switches.add(Preset.Switch.valueOf(key.replace('-', '_').toUpperCase(Locale.ROOT)));
		}
		return new Preset(name, text(data, "issuer"), text(data, "keys"), lists(data, defaults),
				Set.copyOf(texts(data, "foreign-audiences")), switches);
	}

	private static Map<Setting, List<String>> lists(Map<String, Object> data, Map<Setting, List<String>> defaults)
			throws ParseException {
		Map<Setting, List<String>> lists = new EnumMap<>(Setting.class);
		for (Setting setting : Setting.values()) {
			lists.put(setting, data.containsKey(setting.key()) ? texts(data, setting.key())
					: defaults.getOrDefault(setting, List.of()));
		}
		return lists;
	}

	private static Map<String, Object> object(Map<String, Object> data, String key) throws ParseException {
		Map<String, Object> object = JSONObjectUtils.getJSONObject(data, key);
		return (object != null) ? object : Map.of();
	}

	private static String text(Map<String, Object> data, String key) throws ParseException {
		String text = JSONObjectUtils.getString(data, key);
		return (text != null) ? text : "";
	}

	private static List<String> texts(Map<String, Object> data, String key) throws ParseException {
		List<String> texts = JSONObjectUtils.getStringList(data, key);
		return (texts != null) ? new ArrayList<>(texts) : List.of();
	}

	@Nullable Preset find(String name) {
		return this.presets.get(name);
	}

	/**
	 * Return the names of the presets.
	 * @return the names in alphabetical order
	 */
	List<String> names() {
		return List.copyOf(this.presets.keySet());
	}

}
