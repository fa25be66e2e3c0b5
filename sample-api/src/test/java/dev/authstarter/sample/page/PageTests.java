package dev.authstarter.sample.page;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, with the real issuer. Every test stores screenshots in
 * {@code target/screenshots}.
 */
@EnabledWithBrowser
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
@TestInstance(Lifecycle.PER_CLASS)
class PageTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String GLOBEX = "/organizations/org_globex/appointments";

	@LocalServerPort
	private int port;

	private Browser browser;

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry properties) {
		int api = TestSocketUtils.findAvailableTcpPort();
		int issuer = TestSocketUtils.findAvailableTcpPort();
		properties.add("server.port", () -> api);
		properties.add("sample.issuer.port", () -> issuer);
	}

	@BeforeAll
	void start() {
		this.browser = new Browser();
	}

	@AfterAll
	void stop() {
		this.browser.close();
	}

	@BeforeEach
	void open() {
		this.browser.resize(1280, 900);
		this.browser.prefer("light");
		this.browser.open("http://localhost:" + this.port + "/");
		this.browser.forgetAllUsers();
	}

	@AfterEach
	void leavesNoComplaintInTheConsole() {
		assertThat(this.browser.complaints()).isEmpty();
	}

	@Test
	void welcomes() {
		this.browser.awaitVisible("#login");
		this.browser.awaitVisible("#accounts");
		this.browser.screenshot("welcome-light");
		this.browser.prefer("dark");
		this.browser.screenshot("welcome-dark");
		this.browser.resize(360, 740);
		assertThat(this.browser.overflow()).isZero();
		this.browser.screenshot("welcome-narrow");
	}

	@Test
	void logsInAndChoosesClinic() {
		this.browser.click("#login");
		this.browser.awaitVisible("#username");
		this.browser.screenshot("login");
		this.browser.type("#username", "alice");
		this.browser.type("#password", "alice");
		this.browser.click("button");
		this.browser.awaitText("h1", "Where do you work now, alice?");
		this.browser.screenshot("organization");
		this.browser.click("a[href$='organization=org_globex']");
		this.browser.awaitText("#inside-title", "Globex Clinic");
		this.browser.awaitText("#you", "viewer");
		this.browser.awaitText("#appointments", "Grace Hopper");
		assertThat(this.browser.text("#appointments")).doesNotContain("Ada Lovelace");
		assertThat(this.browser.focused().getDomAttribute("id")).isEqualTo("inside-title");
	}

	@Test
	void saysWhenUserAndPasswordDoNotFit() {
		this.browser.click("#login");
		this.browser.type("#username", "alice");
		this.browser.type("#password", "bob");
		this.browser.click("button");
		this.browser.awaitText("[role=alert]", "The user name or the password is wrong");
		this.browser.screenshot("login-failed");
	}

	@Test
	void asksUserOfOneClinicForNone() {
		logIn("bob");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		this.browser.awaitText("#you", "viewer");
	}

	@Test
	void letsEditorDoEverythingInHerClinic() {
		logInToAcme();
		assertThat(send("GET /me")).isEqualTo("200 allowed");
		assertThat(send("GET " + ACME)).isEqualTo("200 allowed");
		assertThat(send("POST " + ACME)).isEqualTo("201 allowed");
		this.browser.awaitText("#appointments", "Edsger Dijkstra");
		assertThat(send("DELETE " + ACME + "/{id}")).isEqualTo("204 allowed");
		assertThat(send("GET /actuator/health")).isEqualTo("200 allowed");
		assertThat(send("GET " + GLOBEX)).isEqualTo("403 refused");
		this.browser.awaitText("#answer", "organization_mismatch");
		this.browser.screenshot("calls");
	}

	@Test
	void namesTheRoleThatViewerLacks() {
		logIn("bob");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		assertThat(send("DELETE " + ACME + "/{id}")).isEqualTo("403 refused");
		this.browser.awaitText("#answer", "insufficient_role");
		assertThat(this.browser.text(".rule")).contains("@RequiresRole", "editor");
		this.browser.screenshot("insufficient-role");
	}

	@Test
	void booksAndCancels() {
		logInToAcme();
		this.browser.type("#patient", "Barbara Liskov");
		this.browser.click("#book button");
		this.browser.awaitText("#appointments", "Barbara Liskov");
		this.browser.click("[aria-label='Cancel the appointment of Barbara Liskov']");
		this.browser.awaitText("#answer .badge", "204 allowed");
		this.browser.await((driver) -> !this.browser.text("#appointments").contains("Barbara Liskov"));
	}

	@ParameterizedTest
	@CsvSource({ "none, 401, missing_token", "id-token, 401, id_token", "expired, 401, token_expired",
			"tampered, 401, bad_signature", "unsigned, 401, algorithm_not_allowed",
			"elsewhere, 403, organization_mismatch" })
	void isRefused(String attempt, String status, String reason) {
		logInToAcme();
		this.browser.click("[data-break='" + attempt + "']");
		this.browser.awaitText("#answer .reason", reason);
		assertThat(this.browser.text("#answer .badge")).isEqualTo(status + " refused");
		assertThat(this.browser.text("#answer")).contains("The rule", "\"reason\": \"" + reason + "\"");
		assertThat(this.browser.text("#history")).contains(status + " refused");
		assertThat(this.browser.text("#spoken")).contains(status, reason);
		this.browser.screenshot("break-" + attempt);
	}

	@Test
	void goesOnWhenKeysRotate() {
		logInToAcme();
		String before = this.browser.text("#signing-key");
		assertThat(this.browser.text("#token-key")).isEqualTo(before);
		this.browser.click("#rotate");
		this.browser.await((driver) -> !this.browser.text("#signing-key").equals(before));
		this.browser.awaitText("#answer .badge", "200 allowed");
		assertThat(this.browser.text("#token-key")).isEqualTo(before);
		this.browser.screenshot("rotated");
		this.browser.click("#renew");
		this.browser.await((driver) -> this.browser.text("#token-key").equals(this.browser.text("#signing-key")));
		assertThat(send("GET " + ACME)).isEqualTo("200 allowed");
		this.browser.screenshot("renewed");
	}

	@Test
	void goesOnWhileIssuerIsDown() {
		logInToAcme();
		this.browser.click("#outage");
		this.browser.awaitVisible("[data-issuer=down]");
		this.browser.awaitText("#answer .badge", "200 allowed");
		assertThat(send("GET /me")).isEqualTo("200 allowed");
		assertThat(this.browser.visible("#renew").get(0).isEnabled()).isFalse();
		this.browser.screenshot("issuer-down");
		this.browser.click("#switch");
		this.browser.awaitText("#notice", "The issuer does not answer");
		this.browser.click("#outage");
		this.browser.awaitVisible("[data-issuer=up]");
		this.browser.click("#renew");
		this.browser.awaitText("#issuer-note", "A new token");
		this.browser.screenshot("issuer-up");
	}

	@Test
	void offersToStartIssuerThatIsStopped() {
		logInToAcme();
		this.browser.click("#outage");
		this.browser.awaitVisible("[data-issuer=down]");
		this.browser.open("http://localhost:" + this.port + "/");
		this.browser.awaitVisible("#asleep");
		this.browser.screenshot("asleep");
		this.browser.click("#revive");
		this.browser.click("#login");
		this.browser.awaitText("h1", "Where do you work now, alice?");
	}

	@Test
	void marksWhatTheApiReadsInTheToken() {
		logInToAcme();
		List<String> used = this.browser.visible("#token mark").stream().map(WebElement::getText).toList();
		assertThat(used).contains("typ", "alg", "kid", "iss", "aud", "exp", "org_id", "roles").doesNotContain("jti");
	}

	@Test
	void switchesClinicAndLogsOut() {
		logInToAcme();
		this.browser.click("#switch");
		this.browser.awaitText("#inside-title", "Globex Clinic");
		this.browser.awaitText("#appointments", "Grace Hopper");
		this.browser.click("#logout");
		this.browser.awaitVisible("#welcome");
		this.browser.click("#login");
		this.browser.awaitVisible("#username");
	}

	@Test
	void saysWhenUserDoesNotBelongToTheClinic() {
		logIn("bob");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		this.browser.click("#switch");
		this.browser.awaitText("#notice", "You do not belong to that clinic");
		this.browser.screenshot("access-denied");
	}

	@Test
	void namesTheClinicThatItSwitchesTo() {
		logInToAcme();
		assertThat(this.browser.text("#switch")).isEqualTo("Switch to Globex Clinic");
		this.browser.click("#switch");
		this.browser.awaitText("#inside-title", "Globex Clinic");
		assertThat(this.browser.text("#switch")).isEqualTo("Switch to Acme Clinic");
	}

	@Test
	void explainsTokensToOperators() {
		logInToAcme();
		this.browser.click("#explain-mine");
		this.browser.click("#explain button[type=submit]");
		this.browser.awaitText("#explanation .verdict", "token acceptedcall allowed");
		assertThat(this.browser.text("#explanation")).contains("Rule of the handler", "scope read:appointments");
		this.browser.scrollTo("#explain-title");
		this.browser.screenshot("explained");
		this.browser.choose("#explained-call", "GET " + GLOBEX);
		this.browser.click("#explain button[type=submit]");
		this.browser.awaitText("#explanation .reason", "organization_mismatch");
		assertThat(this.browser.text("#explanation .verdict")).contains("token accepted", "call refused");
		this.browser.click("#explain-id");
		this.browser.click("#explain button[type=submit]");
		this.browser.awaitText("#explanation .reason", "id_token");
		assertThat(this.browser.text("#explanation .verdict")).contains("token refused").doesNotContain("call");
		this.browser.replace("#explained", "<b id=bold>no token</b>");
		this.browser.click("#explain button[type=submit]");
		this.browser.awaitText("#explanation .reason", "introspection_unavailable");
		assertThat(this.browser.visible("#bold")).isEmpty();
	}

	@Test
	void explainsNoTokenToThoseWhoOperateNothing() {
		logIn("bob");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		this.browser.awaitVisible("[data-break=none]");
		assertThat(this.browser.text("#you")).contains("read:appointments").doesNotContain("operations");
		this.browser.click("#explain-mine");
		this.browser.click("#explain button[type=submit]");
		this.browser.awaitText("#explanation", "403 refused");
		assertThat(this.browser.text("#explanation")).contains("access_denied", "grants to alice");
	}

	@Test
	void copiesTokenAndCalls() {
		logInToAcme();
		this.browser.click("#copy-token");
		this.browser.awaitText("#copy-token", "Copied");
		String token = this.browser.clipboard();
		assertThat(token.split("\\.", -1)).hasSize(3);
		this.browser.type("#patient", "Flannery O'Connor");
		this.browser.click("#book button");
		this.browser.awaitText("#answer .badge", "201 allowed");
		assertThat(this.browser.text("#curl")).isEqualTo(("curl -i -X POST -H \"Authorization: Bearer $TOKEN\" "
				+ "-H 'Content-Type: application/json' -d '{\"patient\":\"Flannery O'\\''Connor\","
				+ "\"startsAt\":\"2036-05-11T09:00:00Z\"}' 'http://localhost:%d%s'")
			.formatted(this.port, ACME));
		this.browser.click("#copy-curl");
		this.browser.awaitText("#copy-curl", "Copied");
		assertThat(this.browser.clipboard()).isEqualTo("TOKEN='" + token + "'\n" + this.browser.text("#curl"));
		this.browser.click("[data-break=none]");
		this.browser.awaitText("#answer .reason", "missing_token");
		assertThat(this.browser.text("#curl")).doesNotContain("Authorization");
		this.browser.click("li:has(b):has(time) button[aria-label*=Connor]");
		this.browser.awaitText("#answer .badge", "204 allowed");
	}

	@Test
	void countsTokens() {
		logInToAcme();
		this.browser.awaitText("#pulse", "Tokens accepted");
		this.browser.click("[data-break='id-token']");
		this.browser.awaitText("#answer .reason", "id_token");
		this.browser.awaitText("#pulse", "Tokens refused");
		assertThat(this.browser.text("#pulse")).containsPattern("Tokens accepted[1-9]")
			.containsPattern("Tokens refused[1-9]");
	}

	@Test
	void opensTheDialogOfOpenApiAtTheFieldForTheToken() {
		this.browser.open("http://localhost:" + this.port + "/swagger-ui.html");
		this.browser.click(".authorize");
		this.browser.awaitVisible(".modal-ux input");
		this.browser.await((driver) -> "auth-bearer-value".equals(this.browser.focused().getAccessibleName()));
		assertThat(this.browser.visible(".modal-ux input")).hasSize(1);
		this.browser.screenshot("openapi");
	}

	@Test
	void takesNoAnswerThatItDidNotAskFor() {
		this.browser.open("http://localhost:" + this.port + "/?code=of-another&state=unknown");
		this.browser.awaitText("#notice", "The login failed");
		this.browser.awaitVisible("#login");
	}

	@Test
	void saysWhenIssuerHasForgottenTheUser() {
		logInToAcme();
		this.browser.forgetAllUsers();
		this.browser.click("#renew");
		this.browser.awaitText("#issuer-note", "The issuer issued no new token");
		assertThat(send("GET /me")).isEqualTo("200 allowed");
	}

	@Test
	void worksWithTheKeyboardAlone() {
		this.browser.awaitVisible("#login");
		this.browser.pressKeys(Keys.TAB);
		assertThat(this.browser.focused().getText()).isEqualTo("Skip to the content");
		this.browser.pressKeys(Keys.TAB);
		assertThat(this.browser.focused().getDomAttribute("id")).isEqualTo("login");
		this.browser.pressKeys(Keys.ENTER);
		this.browser.awaitVisible("#username");
		this.browser.pressKeys("bob", Keys.TAB, "bob", Keys.ENTER);
		this.browser.awaitText("#inside-title", "Acme Clinic");
	}

	@Test
	void hasNameForEverythingThatCanBeUsed() {
		logInToAcme();
		assertThat(this.browser.visible("button, input, select, textarea, summary, a, pre"))
			.allSatisfy((element) -> assertThat(element.getAccessibleName()).isNotBlank())
			.hasSizeGreaterThan(20);
		assertThat(this.browser.visible("main, header, nav, aside")).hasSize(4);
		assertThat(this.browser.visible("h1")).hasSize(1);
	}

	@Test
	void fitsNarrowAndDarkScreens() {
		logInToAcme();
		this.browser.click("[data-break='id-token']");
		this.browser.awaitText("#answer .reason", "id_token");
		this.browser.screenshot("inside-light");
		this.browser.scrollTo("#who");
		this.browser.screenshot("inside-top");
		this.browser.scrollTo("#breaks");
		this.browser.prefer("dark");
		this.browser.screenshot("inside-dark");
		this.browser.resize(360, 740);
		assertThat(this.browser.overflow()).isZero();
		assertThat(this.browser.height(".top")).isLessThan(64);
		this.browser.screenshot("inside-narrow-dark");
		this.browser.prefer("light");
		this.browser.resize(360, 4200);
		this.browser.screenshot("inside-narrow");
		this.browser.resize(1280, 2400);
		this.browser.screenshot("inside-whole");
	}

	private void logInToAcme() {
		logIn("alice");
		this.browser.click("a[href$='organization=org_acme']");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		this.browser.awaitText("#appointments", "Ada Lovelace");
		this.browser.awaitVisible("[data-break=none]");
	}

	private void logIn(String user) {
		this.browser.click("#login");
		this.browser.type("#username", user);
		this.browser.type("#password", user);
		this.browser.click("button");
	}

	/**
	 * Send one of the listed calls.
	 * @return the result that the page shows
	 */
	private String send(String call) {
		String button = "[data-call='" + call + "']";
		this.browser.click(button);
		String status = "li:has(" + button + ") .badge";
		this.browser.awaitVisible(status);
		return this.browser.text(status);
	}

}
