package dev.authstarter.sample.page;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Only the page needs no token.
 */
@SpringBootTest(properties = "ISSUER=https://issuer.example/")
@AutoConfigureMockMvc
class PublicPathsTests {

	private static final String POLICY = "Content-Security-Policy";

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private HandlerInventory inventory;

	@ParameterizedTest
	@ValueSource(strings = { "/", "/index.html", "/page/main.js", "/page/style.css", "/page/mark.svg",
			"/page/renewed.html", "/webjars/keycloak-js/dist/keycloak.js", "/page/settings" })
	void opensThePage(String path) {
		assertThat(this.mvc.get().uri(path).header(HttpHeaders.ACCEPT, "*/*")).hasStatusOk();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/me", "/page/some/other", "/organizations/org_acme/appointments", "/page",
			"/pages/main.js", "/index.htm", "/main.js", "/application.yml", "/issuer.css", "/issuer/static/issuer.css",
			"/issuer/pages/login.html", "/webjars/", "/webjars/keycloak-js/dist/keycloak.mjs",
			"/webjars/keycloak-js/25.0.4/dist/keycloak.js", "/webjars/keycloak-js/package.json", "/static/index.html",
			"/actuator", "/actuator/metrics", "/error", "/favicon.ico", "/login" })
	void opensNothingElse(String path) {
		assertThatResponse(this.mvc.get().uri(path)).isRefusedWith(Reason.MISSING_TOKEN);
	}

	@Test
	void makesNoControllerPublic() {
		List<HandlerDescription> open = this.inventory.handlers()
			.stream()
			.filter((handler) -> handler.rule().equals("public"))
			.toList();
		assertThat(open).flatExtracting(HandlerDescription::patterns)
			.filteredOn((pattern) -> !pattern.startsWith("/v3/api-docs") && !pattern.startsWith("/swagger-ui"))
			.containsOnly("/", "/page/settings");
		assertThat(open).extracting(HandlerDescription::kind).doesNotContain(Kind.ENDPOINT);
		assertThat(open).filteredOn((handler) -> handler.kind() == Kind.CONTROLLER)
			.extracting(HandlerDescription::name)
			.noneMatch((name) -> name.startsWith("dev.authstarter."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/index.html" })
	void runsNothingThatIsNotItsOwn(String path) {
		assertThat(this.mvc.get().uri(path).header(HttpHeaders.ACCEPT, "text/html")).headers()
			.hasValue("X-Frame-Options", "DENY")
			.hasHeaderSatisfying(POLICY,
					(policies) -> assertThat(policies).singleElement()
						.asString()
						.startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
						.contains("connect-src 'self' https://issuer.example;", "frame-ancestors 'none'")
						.doesNotContain("unsafe", "*"));
	}

	@Test
	void framesTheEndOfRenewalAlone() {
		assertThat(this.mvc.get().uri("/page/renewed.html")).headers()
			.hasHeaderSatisfying(POLICY,
					(policies) -> assertThat(policies).singleElement().asString().contains("frame-ancestors 'self'"));
	}

	@Test
	void returnsWhereToLogIn() {
		assertThat(this.mvc.get().uri("/page/settings")).bodyJson().isLenientlyEqualTo("""
				{"issuer": "https://issuer.example/", "clientId": "clinic-spa",
				"audience": "https://api.clinic.example", "ownIssuer": false,
				"scope": "openid read:appointments write:appointments"}""");
	}

}
