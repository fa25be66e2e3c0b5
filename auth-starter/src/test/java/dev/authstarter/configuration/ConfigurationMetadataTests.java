package dev.authstarter.configuration;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.authstarter.configuration.ConfigurationMetadata.Group;
import dev.authstarter.configuration.ConfigurationMetadata.Property;
import dev.authstarter.configuration.ConfigurationMetadata.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The descriptions of the properties in editors and in {@code docs/configuration.md} are
 * complete, correct and readable.
 */
class ConfigurationMetadataTests {

	/** Whether some value counts, the features decide: no value is bound. */
	private static final List<String> DECIDED_LATER = List.of("auth-starter.algorithms", "auth-starter.provider");

	private static final Pattern SENTENCES = Pattern.compile("[A-Z]\\S*( \\S+){3,}\\.");

	private static final Pattern MARKUP = Pattern.compile("</?[a-zA-Z]|\\{@|&[a-z]+;|`|(?i)this property");

	private final ConfigurationMetadata metadata = ConfigurationMetadata.load();

	@Test
	void describesEveryPropertyAndNoOther() {
		assertThat(this.metadata.properties()
			.stream()
			.map(Property::name)
			.filter((name) -> name.startsWith("auth-starter")))
			.containsExactlyInAnyOrderElementsOf(boundWhereNothingIsSet().keySet());
	}

	@Test
	void everyPropertyIsDescribedInSentences() {
		assertThat(this.metadata.properties()).isNotEmpty()
			.allSatisfy((property) -> assertThat(isSentences(property.description())).as(property.toString()).isTrue());
	}

	@Test
	void everyGroupIsDescribedInSentences() {
		assertThat(this.metadata.groups()).isNotEmpty()
			.allSatisfy((group) -> assertThat(isSentences(group.description())).as(group.toString()).isTrue());
	}

	@Test
	void everyValueIsDescribed() {
		assertThat(this.metadata.hints()).flatExtracting(ConfigurationMetadata.Hint::values)
			.extracting(Value::description)
			.allSatisfy(
					(description) -> assertThat(description).matches("[A-Z].*[^.]\\.").doesNotContainPattern(MARKUP));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Prefix of scopes.", "where scopes are found in tokens.", "Where scopes are found",
			"Where scopes  are found in tokens.", "Where <b>scopes</b> are found.", "Where {@link Scopes} are found.",
			"With this property set, scopes are found.", "Where `scope` is found in tokens.",
			"Where scopes &amp; roles are found." })
	void refusesWhatIsNoSentence(String description) {
		assertThat(isSentences(description)).isFalse();
		assertThat(isSentences("Where scopes are found.")).isTrue();
	}

	private static boolean isSentences(@Nullable String description) {
		return description != null && SENTENCES.matcher(description).matches() && !MARKUP.matcher(description).find();
	}

	@Test
	void everyDefaultIsTheOneThatCounts() {
		Map<String, Bound> bound = boundWhereNothingIsSet();
		for (Property property : this.metadata.properties()) {
			Bound value = bound.get(property.name());
			if (value != null && !DECIDED_LATER.contains(property.name())) {
				assertThat(value.of(property.defaultValue())).as(property.name()).isEqualTo(value.value());
			}
		}
	}

	/** Find the properties in the classes, with what is bound where nothing is set. */
	private static Map<String, Bound> boundWhereNothingIsSet() {
		Map<String, Bound> bound = new LinkedHashMap<>();
		collect("auth-starter", AuthStarterProperties.class, bound);
		return bound;
	}

	private static void collect(String prefix, Class<?> type, Map<String, Bound> bound) {
		Object instance = new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("nothing", type);
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
			ResolvableType componentType = ResolvableType.forMethodReturnType(component.getAccessor());
			if (component.getType().isRecord()) {
				collect(name, component.getType(), bound);
				continue;
			}
			bound.put(name, new Bound(componentType, ReflectionUtils.invokeMethod(component.getAccessor(), instance)));
			Class<?> element = componentType.getGeneric(componentType.getGenerics().length - 1).toClass();
			if (element.isRecord()) {
				collect(name + ((component.getType() == Map.class) ? ".<name>" : "[n]"), element, bound);
			}
		}
	}

	/**
	 * A property of the classes.
	 *
	 * @param type its type
	 * @param value what is bound where it is not set
	 */
	private record Bound(ResolvableType type, @Nullable Object value) {

		/** Return the value of a default in the metadata. */
		private @Nullable Object of(@Nullable Object defaultValue) {
			if (defaultValue == null) {
				boolean empty = Objects.equals(this.value, List.of()) || Objects.equals(this.value, Map.of());
				return empty ? this.value : null;
			}
			Object text = (defaultValue instanceof Collection<?> list) ? new ArrayList<>(list)
					: defaultValue.toString();
			return ApplicationConversionService.getSharedInstance()
				.convert(text, TypeDescriptor.forObject(text), new TypeDescriptor(this.type, null, null));
		}

	}

	@Test
	void namesGroupsOnce() {
		assertThat(this.metadata.groups()).extracting(Group::name).doesNotHaveDuplicates();
	}

}
