package dev.authstarter.sample.page;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, served by Reactor Netty, with the real issuer.
 */
@EnabledWithBrowser
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT, properties = "spring.main.web-application-type=reactive")
@ActiveProfiles("webflux")
@TestInstance(Lifecycle.PER_CLASS)
class PageOnWebFluxTests {

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

	@Test
	void logsInCallsTheApiAndRenewsItsToken() {
		this.browser.open("http://localhost:" + this.port + "/");
		this.browser.click("#login");
		this.browser.type("#username", "alice");
		this.browser.type("#password", "alice");
		this.browser.click("button");
		this.browser.click("a[href$='organization=org_acme']");
		this.browser.awaitText("#inside-title", "Acme Clinic");
		this.browser.type("#patient", "Barbara Liskov");
		this.browser.click("#book button");
		this.browser.awaitText("#appointments", "Barbara Liskov");
		this.browser.click("[data-break='id-token']");
		this.browser.awaitText("#answer .reason", "id_token");
		this.browser.click("#renew");
		this.browser.awaitText("#issuer-note", "A new token");
		this.browser.click("[aria-label='Cancel the appointment of Barbara Liskov']");
		this.browser.awaitText("#answer .badge", "204 allowed");
		assertThat(this.browser.complaints()).isEmpty();
	}

}
