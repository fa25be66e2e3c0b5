package dev.authstarter.sample.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * The page in a browser, with an issuer that is not the sample's own: Keycloak's profile
 * and tokens.
 */
@EnabledWithBrowser
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "KEYCLOAK_REALM=clinics", "KEYCLOAK_AUDIENCE=clinic-api" })
@ActiveProfiles("keycloak")
@TestInstance(Lifecycle.PER_CLASS)
class PageWithIssuerOfOnesOwnTests {

	private static final LoginIssuer issuer = new LoginIssuer();

	private static final Map<String, Object> NORTH = Map.of("north", Map.of("id", "54d1"));

	@LocalServerPort
	private int port;

	private Browser browser;

	@DynamicPropertySource
	static void issuer(DynamicPropertyRegistry properties) {
		properties.add("KEYCLOAK_URL", issuer::url);
		properties.add("auth-starter.jwks-uri", issuer::jwksUri);
	}

	@BeforeAll
	void start() {
		this.browser = new Browser();
	}

	@AfterAll
	void stop() {
		this.browser.close();
		issuer.close();
	}

	@BeforeEach
	void open() {
		issuer.paths().clear();
		this.browser.resize(1280, 900);
		this.browser.open("http://localhost:" + this.port + "/");
	}

	@AfterEach
	void leavesNoComplaintInTheConsole() {
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void takesClinicFromTheApi() {
		logIn(Map.of("organization", NORTH));
		this.browser.awaitText("#inside-title", "north");
		this.browser.awaitText("#appointments", "None.");
		assertThat(this.browser.text("#appointments-title")).isEqualTo("Appointments of north");
		assertThat(this.browser.text("#who")).isEqualTo("user-42 · north");
		assertThat(this.browser.text("#calls")).contains("/organizations/north/appointments");
		this.browser.type("#patient", "Barbara Liskov");
		this.browser.click("#book button");
		this.browser.awaitText("#appointments", "Barbara Liskov");
		this.browser.screenshot("keycloak");
	}

	@Test
	void asksForOrganization() {
		logIn(Map.of("organization", NORTH));
		this.browser.awaitText("#inside-title", "north");
		assertThat(issuer.login()).containsEntry("scope", "openid read:appointments write:appointments organization");
	}

	@Test
	void asksTheIssuerForNothingThatOnlyTheSamplesHas() {
		logIn(Map.of("organization", NORTH));
		this.browser.awaitText("#appointments", "None.");
		this.browser.awaitVisible("[data-break=none]");
		assertThat(issuer.paths()).containsOnly("/realms/clinics/.well-known/openid-configuration",
				"/realms/clinics/login", "/realms/clinics/token");
		assertThat(this.browser.visible("#issuer, #accounts, #switch, [data-break=expired]")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("refusals")
	void showsRefusalAsRefusal(Map<String, Object> claims, List<String> elements, String status, String reason) {
		logIn(claims);
		for (String element : elements) {
			this.browser.awaitText(element, reason);
			assertThat(this.browser.text(element)).contains(status + " refused").doesNotContain("None.", "none");
		}
		this.browser.awaitVisible("[data-break=none]");
		this.browser.screenshot("keycloak-" + reason);
		this.browser.resize(360, 740);
		assertThat(this.browser.overflow()).isZero();
	}

	static Stream<Arguments> refusals() {
		List<String> everywhere = List.of("#you", "#appointments", "#answer");
		return Stream.of(arguments(Map.of("aud", "account"), everywhere, "401", "wrong_audience"),
				arguments(Map.of("organization", NORTH, "aud", "account"), everywhere, "401", "wrong_audience"),
				arguments(Map.of("scope", ""), everywhere, "403", "no_grants"),
				arguments(Map.of("typ", "ID"), everywhere, "401", "id_token"),
				arguments(Map.of("iss", "https://other.example"), everywhere, "401", "wrong_issuer"),
				arguments(Map.of("exp", 1_700_000_000, "iat", 1_600_000_000), everywhere, "401", "token_expired"),
				arguments(Map.of("organization", NORTH, "scope", "openid write:appointments"), List.of("#appointments"),
						"403", "insufficient_scope"));
	}

	@ParameterizedTest
	@MethodSource("organizationsThatAreNoClinic")
	void assumesNoClinic(Map<String, Object> claims) {
		logIn(claims);
		this.browser.awaitText("#inside-title", "No clinic");
		this.browser.awaitText("#appointments", "The API names no clinic for you");
		assertThat(this.browser.visible("#book")).isEmpty();
		this.browser.click("[data-call='GET /organizations/org_acme/appointments']");
		this.browser.awaitText("#answer .badge", "403 refused");
	}

	static Stream<Map<String, Object>> organizationsThatAreNoClinic() {
		return Stream.of(Map.of(), Map.of("organization", Map.of("north", Map.of(), "south", Map.of())),
				Map.of("org_id", "org_acme"));
	}

	@ParameterizedTest
	@MethodSource("errors")
	void saysWhyTheIssuerGaveNoToken(String error) {
		issuer.refuse(error);
		this.browser.click("#login");
		this.browser.awaitText("#notice", "The issuer issued no token: " + error);
		this.browser.awaitVisible("#login");
	}

	static Stream<String> errors() {
		return Stream.of("invalid_scope", "access_denied");
	}

	private void logIn(Map<String, Object> claims) {
		issuer.grant(claims);
		this.browser.click("#login");
	}

}
