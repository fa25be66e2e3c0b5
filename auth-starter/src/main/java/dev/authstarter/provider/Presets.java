package dev.authstarter.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.jose.StrictJson;
import org.jspecify.annotations.Nullable;

/**
 * The presets that come with the library, read from {@code providers.json} beside this
 * class. A preset is created when it is looked up.
 */
public final class Presets {

	/** The preset that applies if no provider is configured. */
	public static final String GENERIC = "generic";

	/** The value that detects the provider from the issuer. */
	public static final String DETECT = "detect";

	private final Map<ProviderSetting, List<String>> defaults;

	private final Map<String, Object> providers;

	private Presets(Map<String, Object> data) {
		this.defaults = lists(object(data.get("defaults")), Map.of());
		this.providers = object(data.get("providers"));
	}

	public static Presets load() {
		try (InputStream resource = Presets.class.getResourceAsStream("providers.json")) {
			if (resource == null) {
				throw new IllegalStateException("providers.json is missing from the library");
			}
			return new Presets(StrictJson.parseObject(ByteBuffer.wrap(resource.readAllBytes())));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException("providers.json cannot be read", ex);
		}
	}

	private static Preset preset(String name, Map<String, Object> data, Map<ProviderSetting, List<String>> defaults) {
		Set<Preset.Switch> switches = EnumSet.noneOf(Preset.Switch.class);
		for (String key : texts(data, "switches")) {
			switches.add(Preset.Switch.valueOf(key.replace('-', '_').toUpperCase(Locale.ROOT)));
		}
		return new Preset(name, text(data, "issuer"), text(data, "keys"), lists(data, defaults),
				texts(data, "required-claims"), Set.copyOf(texts(data, "foreign-audiences")),
				texts(data, "universal-roles"), switches);
	}

	private static Map<ProviderSetting, List<String>> lists(Map<String, Object> data,
			Map<ProviderSetting, List<String>> defaults) {
		Map<ProviderSetting, List<String>> lists = new EnumMap<>(ProviderSetting.class);
		for (ProviderSetting setting : ProviderSetting.values()) {
			lists.put(setting, data.containsKey(setting.key()) ? texts(data, setting.key())
					: defaults.getOrDefault(setting, List.of()));
		}
		return lists;
	}

	/**
	 * A value of the wrong type must fail: ignoring it could drop a test that rejects
	 * tokens.
	 */
	private static Map<String, Object> object(@Nullable Object value) {
		Map<String, Object> object = new LinkedHashMap<>();
		if (value != null) {
			((Map<?, ?>) value).forEach((name, member) -> object.put((String) name, member));
		}
		return object;
	}

	private static String text(Map<String, Object> data, String key) {
		Object value = data.get(key);
		return (value != null) ? (String) value : "";
	}

	private static List<String> texts(Map<String, Object> data, String key) {
		Object value = data.get(key);
		return (value != null) ? ((List<?>) value).stream().map(String.class::cast).toList() : List.of();
	}

	public @Nullable Preset find(String name) {
		Object data = this.providers.get(name);
		return (data != null) ? preset(name, object(data), this.defaults) : null;
	}

	/**
	 * Detect the provider of an issuer whose host or path only this provider uses, as
	 * with {@code https://acme.eu.auth0.com/}.
	 * @param issuer the issuer, as in its tokens
	 * @return the name of the preset, or {@code null} if the provider cannot be detected,
	 * as with a custom domain
	 */
	public @Nullable String detect(String issuer) {
		return names().stream()
			.filter((name) -> texts(object(this.providers.get(name)), "issuer-patterns").stream()
				.anyMatch(issuer::matches))
			.findFirst()
			.orElse(null);
	}

	/**
	 * Return the names of the presets.
	 * @return the names in alphabetical order
	 */
	public List<String> names() {
		return this.providers.keySet().stream().sorted().toList();
	}

}
