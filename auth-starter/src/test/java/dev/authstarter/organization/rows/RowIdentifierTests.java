package dev.authstarter.organization.rows;

import java.security.SecureRandom;

import dev.authstarter.configuration.AccessRuleException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Identifiers of organizations as values of an attribute with {@code @TenantId}.
 */
class RowIdentifierTests {

	private final SecureRandom random = new SecureRandom();

	@ParameterizedTest
	@CsvSource({ "TEXT, org_acme, org_acme", "TEXT, ' ', ", "TEXT, '', ", "TEXT, ' a', ' a'", "LONG, 1, 1",
			"LONG, 9223372036854775807, 9223372036854775807", "LONG, 9223372036854775808, ", "LONG, 0, ", "LONG, -1, ",
			"LONG, +1, ", "LONG, 01, ", "LONG, 1 , 1", "LONG, '1 ', ", "LONG, 1e3, ", "LONG, 12345678901234567890, ",
			"INTEGER, 1, 1", "INTEGER, 2147483647, 2147483647", "INTEGER, 2147483648, ", "INTEGER, -1, ",
			"UNIQUE, 72f988bf-86f1-41af-91ab-2d7cd011db47, 72f988bf-86f1-41af-91ab-2d7cd011db47",
			"UNIQUE, 72F988BF-86F1-41AF-91AB-2D7CD011DB47, 72f988bf-86f1-41af-91ab-2d7cd011db47",
			"UNIQUE, 72f988bf86f141af91ab2d7cd011db47, ", "UNIQUE, 2f988bf-86f1-41af-91ab-2d7cd011db47, ",
			"UNIQUE, 72f988bf-86f1-41af-91ab-2d7cd011db470, " })
	void convertsTheOneSpellingOfEachIdentifier(RowIdentifier type, String id, @Nullable String expected) {
		Object converted = type.convert(id);
		assertThat((converted != null) ? converted.toString() : null).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource
	void createsOfTheTypeWhatNoOrganizationHas(RowIdentifier type) {
		Object none = type.none(this.random);
		assertThat(RowIdentifier.of(none.getClass())).isSameAs(type);
		assertThat(none).isNotEqualTo(type.none(this.random));
	}

	/** Identifiers of organizations are positive. */
	@RepeatedTest(50)
	void createsNegativeNumbers() {
		assertThat((Long) RowIdentifier.LONG.none(this.random)).isNegative();
		assertThat((Integer) RowIdentifier.INTEGER.none(this.random)).isNegative();
	}

	@Test
	void createsLongTexts() {
		assertThat((String) RowIdentifier.TEXT.none(this.random)).startsWith("none-").hasSize("none-".length() + 36);
	}

	@Test
	void namesTheTypesInTheMessage() {
		assertThat(RowIdentifier.of(Double.class)).isNull();
		assertThat(RowIdentifier.unknown("Note.owner", Double.class)).hasMessageContaining("Note.owner")
			.hasMessageContaining("java.lang.Double")
			.extracting(AccessRuleException::action)
			.asString()
			.contains("String, UUID, Long, Integer");
	}

}
