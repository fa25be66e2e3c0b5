package dev.authstarter.configuration;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.ConfigurationMetadata.Hint;
import dev.authstarter.configuration.ConfigurationMetadata.Property;
import dev.authstarter.configuration.ConfigurationMetadata.Value;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.provider.Presets;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The values of properties that editors suggest are those that the library accepts.
 */
class ConfigurationHintsTests {

	private static final String PROVIDER = "auth-starter.provider";

	private static final String ALGORITHMS = "auth-starter.algorithms";

	private final ConfigurationMetadata metadata = ConfigurationMetadata.load();

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=one");

	@Test
	void everyHintIsForAProperty() {
		assertThat(this.metadata.hints()).extracting(Hint::name)
			.doesNotHaveDuplicates()
			.isSubsetOf(this.metadata.properties().stream().map(Property::name).toList());
	}

	@Test
	void offersThePresets() {
		List<String> names = new ArrayList<>(Presets.load().names());
		names.add(Presets.DETECT);
		assertThat(this.metadata.values(PROVIDER)).containsExactlyInAnyOrderElementsOf(names);
		assertThat(defaultValue(PROVIDER)).isEqualTo(Presets.GENERIC);
	}

	@Test
	void offersTheAlgorithms() {
		this.context.withPropertyValues(ALGORITHMS + "=HS256")
			.run((started) -> assertThat(started).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.extracting("reason")
				.asString()
				.contains(this.metadata.values(ALGORITHMS).stream().sorted().toList().toString()));
	}

	@Test
	void namesTheAlgorithmsThatCountByDefault() {
		this.context.run((started) -> assertThat(started.getBean(TrustedIssuers.class).first())
			.extracting(TrustedIssuer::algorithms)
			.isEqualTo(defaultValue(ALGORITHMS)));
	}

	private Object defaultValue(String name) {
		return this.metadata.properties()
			.stream()
			.filter((property) -> property.name().equals(name))
			.map(Property::defaultValue)
			.toList()
			.get(0);
	}

	@Test
	void offersTheConstantsOfEnumerations() {
		List<Property> enumerations = this.metadata.properties()
			.stream()
			.filter((property) -> property.name().matches("auth-starter\\.[^<]*"))
			.filter((property) -> property.elementType().startsWith("dev.authstarter.") && property.elements() == null)
			.toList();
		assertThat(enumerations).hasSizeGreaterThan(3)
			.allSatisfy((property) -> assertThat(this.metadata.values(property.name()))
				.containsExactlyInAnyOrderElementsOf(ConfigurationPage.constants(property.elementType())));
	}

	@Test
	void everyExampleIsAccepted() {
		List<String> examples = new ArrayList<>();
		for (Hint hint : this.metadata.hints()) {
			List<String> values = hint.values().stream().map(Value::value).toList();
			boolean list = isList(hint.name()) && !values.contains("*");
			for (int i = 0; hint.isOpen() && i < values.size(); i++) {
				examples.add(hint.name() + (list ? "[" + i + "]" : "") + "=" + values.get(i));
			}
		}
		assertThat(examples).hasSizeGreaterThan(30);
		this.context.withPropertyValues(examples.toArray(String[]::new))
			.run((started) -> assertThat(started).hasNotFailed());
	}

	private boolean isList(String name) {
		return this.metadata.properties()
			.stream()
			.anyMatch((property) -> property.name().equals(name) && property.type().startsWith("java.util.List"));
	}

}
