package dev.authstarter.test.attack.data;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class PartyTests {

	private final Party acme = party("org_acme", "Ada Lovelace", "1");

	@Test
	void acceptsDataThatDiffers() {
		assertThatNoException()
			.isThrownBy(() -> Party.requireDistinct(this.acme, party("org_globex", "Grace Hopper", "2")));
	}

	@Test
	void refusesMarkerThatOccursInTheOthersData() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Party.requireDistinct(this.acme, party("org_globex", "LOVELACE", "2")))
			.withMessageContaining("The marker 'LOVELACE' of org_globex occurs in 'Ada Lovelace' of org_acme");
	}

	@Test
	void refusesMarkerThatOccursInTheOthersIdentifier() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Party.requireDistinct(party("org_acme", "clinic", "1"), party("clinic_2", "Hopper", "2")))
			.withMessageContaining("The marker 'clinic' of org_acme occurs in 'clinic_2' of clinic_2");
	}

	@Test
	void refusesIdentifierOfBoth() {
		assertThatIllegalStateException()
			.isThrownBy(() -> Party.requireDistinct(this.acme, party("org_globex", "Grace Hopper", "1")))
			.withMessageContaining("The identifier '1' belongs to org_acme and to org_globex");
	}

	@Test
	void refusesDataOfDifferentKinds() {
		Party more = Party.of("org_globex",
				OrganizationData.markedBy("Grace Hopper").identifiedBy("id", 2).identifiedBy("id", 3));
		assertThatIllegalStateException().isThrownBy(() -> Party.requireDistinct(this.acme, more))
			.withMessageContaining("{id=1}, but {id=2}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "Ada" })
	void refusesMarkerThatOccursByChance(String marker) {
		assertThatIllegalArgumentException().isThrownBy(() -> OrganizationData.markedBy(marker))
			.withMessageContaining("The marker '%s' is too short: with fewer than 4 characters".formatted(marker));
	}

	@Test
	void needsMarkerAndValues() {
		assertThatIllegalArgumentException().isThrownBy(OrganizationData::markedBy);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OrganizationData.markedBy("Ada Lovelace").identifiedBy("id", " "));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OrganizationData.markedBy("Ada Lovelace").identifiedBy("id"));
	}

	@ParameterizedTest
	@CsvSource({ "5f0c7a52-6d0e-4f6c-9f0c-0d9b1c1f3a03, [0-9a-f-]{36}",
			"5F0C7A52-6D0E-4F6C-9F0C-0D9B1C1F3A03, [0-9A-F-]{36}", "3, 9\\d{8}", "2000000000, [0-2]\\d{9}",
			"org_9ybsU1dN, org_\\d[a-z]{3}[A-Z]\\d[a-z][A-Z]", "000000000000, 0+x", "ß, ßx" })
	void inventsIdentifierThatLooksTheSame(String identifier, String form) {
		String invented = InventedText.like(identifier);
		assertThat(invented).isNotEqualTo(identifier).matches(form.replace("org_", "[a-z]{3}_"));
	}

	private static Party party(String organization, String marker, String id) {
		return Party.of(organization, OrganizationData.markedBy(marker).identifiedBy("id", id));
	}

}
