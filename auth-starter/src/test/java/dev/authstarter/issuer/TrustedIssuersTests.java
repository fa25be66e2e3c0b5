package dev.authstarter.issuer;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.TrustedIssuer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TrustedIssuersTests {

	private static final String ACME = "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10";

	private static final String GLOBEX = "00000000-0000-0000-0000-000000000001";

	private static final TrustedIssuer AUTH0 = issuer("auth0", "https://acme.eu.auth0.com/");

	private static final TrustedIssuer ENTRA = issuer("entra", "https://login.microsoftonline.com/{tid}/v2.0");

	private final TrustedIssuers issuers = new TrustedIssuers(List.of(AUTH0, ENTRA));

	@Test
	void findsIssuerByItsExactName() {
		assertThat(this.issuers.find(Map.of("iss", "https://acme.eu.auth0.com/"))).isEqualTo(AUTH0);
		assertThat(this.issuers.find(Map.of("iss", "https://acme.eu.auth0.com"))).isNull();
	}

	@Test
	void putsTheOrganizationIntoTheTemplate() {
		assertThat(this.issuers.find(Map.of("iss", "https://login.microsoftonline.com/" + ACME + "/v2.0", "tid", ACME)))
			.isEqualTo(ENTRA);
	}

	@Test
	void refusesIssuerOfAnotherOrganizationThanTheTokens() {
		assertThat(
				this.issuers.find(Map.of("iss", "https://login.microsoftonline.com/" + ACME + "/v2.0", "tid", GLOBEX)))
			.isNull();
	}

	@Test
	void refusesTemplateWithoutOrganization() {
		assertThat(this.issuers.find(Map.of("iss", "https://login.microsoftonline.com/" + ACME + "/v2.0"))).isNull();
		assertThat(this.issuers.find(Map.of("iss", "https://login.microsoftonline.com/" + ACME + "/v2.0", "tid", 1)))
			.isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{tid}", "", "common", "../evil", "7F1C9C1E-0B1F-4F0E-9A50-3C6F4B1D2A10",
			"7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a1", "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a100", "evil.example/7f1c9c1e" })
	void takesNothingButGuidsIntoTheTemplate(String tid) {
		assertThat(this.issuers.find(Map.of("iss", "https://login.microsoftonline.com/" + tid + "/v2.0", "tid", tid)))
			.isNull();
	}

	@Test
	void refusesIssuerThatIsNoText() {
		assertThat(this.issuers.find(Map.of("iss", List.of("https://acme.eu.auth0.com/")))).isNull();
		assertThat(this.issuers.find(Map.of())).isNull();
	}

	@Test
	void demandsDifferentIssuers() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuers(List.of(AUTH0, AUTH0)));
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedIssuers(List.of()));
	}

	private static TrustedIssuer issuer(String name, String issuer) {
		return new TrustedIssuer(name, issuer, Set.of("https://api.example"), null, List.of("RS256"), List.of());
	}

}
