package dev.authstarter.claims;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.fixture.TestContent;
import dev.authstarter.provider.Preset;
import dev.authstarter.provider.Presets;
import dev.authstarter.provider.ProviderSetting;
import dev.authstarter.token.check.TokenContent;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/providers.md} with the presets: its table is generated, and every
 * decoded token in it is accepted with the configuration above it.
 */
class ProvidersDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/providers.md");

	private static final String START = "<!-- presets -->\n";

	private static final String END = "<!-- end of presets -->\n";

	private final Presets presets = Presets.load();

	@Test
	void tableShowsThePresets() throws IOException {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(START) + START.length();
		int end = document.indexOf(END);
		if (System.getenv("WRITE_DOCUMENT") != null) {
			Files.writeString(DOCUMENT, document.substring(0, start) + table() + document.substring(end));
			return;
		}
		assertThat(document.substring(start, end))
			.as("The presets have changed. Write the table with: "
					+ "WRITE_DOCUMENT=1 mvn test -pl auth-starter -am -Dtest=ProvidersDocumentTests "
					+ "-Dsurefire.failIfNoSpecifiedTests=false")
			.isEqualTo(table());
	}

	@Test
	void everyPresetIsExplained() throws IOException {
		String text = Files.readString(DOCUMENT);
		String explained = text.substring(0, text.indexOf(START));
		assertThat(this.presets.names())
			.allMatch((name) -> explained.contains("`" + name + "`") || explained.contains("provider: " + name));
	}

	@Test
	void everyTokenPassesWithTheConfigurationAboveIt() throws IOException {
		Matcher examples = Pattern.compile("```yaml\n([^`]*)```\n\n```json\n([^`]*)```")
			.matcher(Files.readString(DOCUMENT));
		List<String> seen = new ArrayList<>();
		while (examples.find()) {
			AuthStarterProperties properties = properties(examples.group(1));
			seen.add(String.valueOf(properties.provider()));
			assertPasses(properties, Json.object(examples.group(2)));
		}
		assertThat(seen).hasSizeGreaterThan(15).doesNotContain("null");
	}

	private void assertPasses(AuthStarterProperties properties, Map<String, Object> example) {
		Map<String, Object> header = Json.member(example, "header");
		Map<String, Object> claims = Json.member(example, "claims");
		TrustedIssuer issuer = new TrustedIssuer("default", String.valueOf(properties.issuer()),
				Set.copyOf(properties.audience()), properties.jwksUri(), List.of("RS256"),
				Objects.requireNonNullElse(properties.organization().allowed(), List.of()));
		ClaimReader provider = ClaimReaderFactory.of(properties, issuer, false).create(this.presets, List.of());
		assertThat(claims).containsEntry("iss", issuer.issuer());
		assertThat(provider.type().refuse(TestContent.of(header, claims))).as(issuer.issuer()).isNull();
		assertThat(Collections.disjoint(provider.audience().of(claims), issuer.audiences())).as(issuer.issuer())
			.isFalse();
		AccessToken token = provider.read(TokenContent.jwt(header, claims));
		assertThat(token).isNotNull();
		assertThat(provider.grants().refuse(token)).as(issuer.issuer()).isNull();
	}

	private static AuthStarterProperties properties(String yaml) {
		YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
		reader.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		Properties properties = reader.getObject();
		assertThat(properties).isNotNull();
		return new Binder(new MapConfigurationPropertySource(properties))
			.bind("auth-starter", AuthStarterProperties.class)
			.get();
	}

	private String table() {
		StringBuilder table = new StringBuilder();
		table.append("| provider | issuer | scopes | roles | permissions | organizations | client | machine "
				+ "| proves an access token | special |\n");
		table.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
		for (String name : this.presets.names()) {
			Preset preset = this.presets.find(name);
			assertThat(preset).isNotNull();
			table.append(Stream
				.of("`" + name + "`", preset.issuer().replace("<", "&lt;"), cell(preset, ProviderSetting.SCOPES),
						cell(preset, ProviderSetting.ROLES), cell(preset, ProviderSetting.PERMISSIONS),
						cell(preset, ProviderSetting.ORGANIZATIONS), cell(preset, ProviderSetting.CLIENT_ID),
						cell(preset, ProviderSetting.MACHINE), proof(preset), special(preset))
				.collect(Collectors.joining(" | ", "| ", " |\n")));
		}
		return table.toString();
	}

	private static String cell(Preset preset, ProviderSetting setting) {
		return preset.settings()
			.getOrDefault(setting, List.of())
			.stream()
			.map((text) -> "`" + text + "`")
			.collect(Collectors.joining(", "));
	}

	private static String proof(Preset preset) {
		String require = cell(preset, ProviderSetting.REQUIRE);
		return require.isEmpty() ? "header type `at+jwt`" : require;
	}

	private static String special(Preset preset) {
		List<String> special = new ArrayList<>();
		if (!preset.settings().getOrDefault(ProviderSetting.AUDIENCE_FROM, List.of()).equals(List.of("aud"))) {
			special.add("audience from " + cell(preset, ProviderSetting.AUDIENCE_FROM));
		}
		preset.switches()
			.stream()
			.sorted()
			.forEach((one) -> special.add(one.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
		return String.join("; ", special);
	}

}
