package dev.authstarter.claims;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.provider.Preset;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import org.jspecify.annotations.Nullable;

/**
 * A decoded token of a real provider with what is expected of it.
 *
 * @param name the file's name
 * @param provider the preset, or an unknown name for none
 * @param settings what replaces the preset's lists
 * @param kind user, m2m, id or refresh
 * @param header the JOSE header
 * @param claims the claims
 * @param audience this API's audiences
 * @param expect what is expected
 */
record Sample(String name, String provider, Map<ProviderSetting, List<String>> settings, String kind,
		Map<String, Object> header, Map<String, Object> claims, Set<String> audience, Map<String, Object> expect) {

	private static final Presets PRESETS = Presets.load();

	static Stream<Sample> all() {
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/providers/samples"))) {
			return files.sorted().map(Sample::read).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Stream<Sample> accessTokens() {
		return all().filter(Sample::isAccessToken);
	}

	static Stream<Sample> others() {
		return all().filter((sample) -> !sample.isAccessToken());
	}

	static Sample named(String name) {
		return all().filter((sample) -> sample.name.equals(name)).findFirst().orElseThrow();
	}

	private static Sample read(Path file) {
		try {
			Map<String, Object> data = JSONObjectUtils.parse(Files.readString(file));
			String provider = (data.get("preset") instanceof String preset) ? preset : text(data, "provider");
			Map<ProviderSetting, List<String>> settings = new EnumMap<>(ProviderSetting.class);
			if (data.get("preset") instanceof Map<?, ?> replaced) {
				for (ProviderSetting setting : ProviderSetting.values()) {
					if (replaced.get(setting.key()) instanceof List<?> texts) {
						settings.put(setting, texts.stream().map(String::valueOf).toList());
					}
				}
			}
			return new Sample(file.getFileName().toString(), provider, settings, text(data, "kind"),
					object(data, "header"), object(data, "claims"),
					Set.copyOf(strings(data.get("configured_audience"))), object(data, "expect"));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException(file.toString(), ex);
		}
	}

	private static String text(Map<String, Object> data, String key) {
		return String.valueOf(data.get(key));
	}

	private static Map<String, Object> object(Map<String, Object> data, String key) throws ParseException {
		Map<String, Object> object = JSONObjectUtils.getJSONObject(data, key);
		return (object != null) ? object : Map.of();
	}

	static List<String> strings(@Nullable Object list) {
		List<String> strings = new ArrayList<>();
		if (list instanceof List<?> elements) {
			elements.forEach((element) -> strings.add(String.valueOf(element)));
		}
		return strings;
	}

	boolean isAccessToken() {
		return Boolean.TRUE.equals(this.expect.get("is_access_token"));
	}

	/** Whether the token lacks a subject and any proof that it is a machine's. */
	boolean namesNoCaller() {
		return Boolean.TRUE.equals(this.expect.get("names_no_caller"));
	}

	static Stream<Sample> withCaller() {
		return all().filter((sample) -> !sample.namesNoCaller());
	}

	/** The provider as an API would configure it, its own organizations allowed. */
	ClaimReader configured() {
		return configured(this.audience);
	}

	ClaimReader configured(Set<String> audiences) {
		TrustedIssuer issuer = new TrustedIssuer("default", text(this.claims, "iss"), audiences, null, List.of("RS256"),
				allowed());
		return new ClaimReaderFactory("auth-starter", preset(), issuer, this.settings, false, false, Set.of(), false)
			.create(PRESETS, List.of());
	}

	/** The preset's name, or null for a token of no known provider. */
	@Nullable String preset() {
		return (PRESETS.find(this.provider) != null) ? this.provider : null;
	}

	List<String> allowed() {
		if (!needsAllowed()) {
			return List.of();
		}
		return organizations().isEmpty() ? List.of("org_acme") : organizations();
	}

	private boolean needsAllowed() {
		Preset preset = PRESETS.find(this.provider);
		return preset != null && preset.switches().contains(Preset.Switch.SHARED_ISSUER);
	}

	List<String> organizations() {
		List<String> ids = new ArrayList<>();
		expectedOrganizations().forEach((organization) -> ids.add(String.valueOf(organization.get("id"))));
		return ids;
	}

	List<Map<String, Object>> expectedOrganizations() {
		List<Map<String, Object>> organizations = new ArrayList<>();
		if (this.expect.get("organizations") instanceof List<?> list) {
			for (Object element : list) {
				if (element instanceof Map<?, ?> members) {
					Map<String, Object> organization = new LinkedHashMap<>();
					members.forEach((name, value) -> organization.put(String.valueOf(name), value));
					organizations.add(organization);
				}
			}
		}
		return organizations;
	}

	/** The same token without the marks by which ID tokens are often known. */
	Sample withoutMarks() {
		Map<String, Object> stripped = new LinkedHashMap<>(this.claims);
		List.of("nonce", "at_hash", "c_hash", "s_hash").forEach(stripped::remove);
		return new Sample(this.name, this.provider, this.settings, this.kind, this.header, stripped, this.audience,
				this.expect);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
