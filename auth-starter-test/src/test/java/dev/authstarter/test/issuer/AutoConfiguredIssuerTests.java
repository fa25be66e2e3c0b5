package dev.authstarter.test.issuer;

import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/**
 * An application that trusts the issuer of this JVM, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "auth-starter.jwks-uri=https://production.example/keys")
@AutoConfigureRestTestClient
@AutoConfigureTestIssuer
class AutoConfiguredIssuerTests {

	@Autowired
	private RestTestClient client;

	@Autowired
	private TestIssuer issuer;

	@Autowired
	private TokenForge forge;

	@Test
	void applicationTrustsTheIssuer() {
		String token = this.issuer.accessToken("https://api.acme.example", Map.of("scope", "read:notes"));
		this.client.get()
			.uri("/notes")
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void issuerPublishesTheKeysOfTheForge() {
		ForgedToken token = this.forge.token().withScopes("read:notes");
		assertThat(token.toString()).contains("\"iss\":\"" + this.issuer.issuer() + "\"");
		assertThatResponse(this.client.get().uri("/notes").headers(token).exchange()).isNotRefused();
		assertThatResponse(this.client.get().uri("/notes").headers(token.expired()).exchange())
			.isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@Test
	void issuerIsOneInTheJvm() throws Exception {
		ApplicationContext other = context(OtherApplication.class);
		assertThat(other).isNotSameAs(context(AutoConfiguredIssuerTests.class));
		assertThat(other.getBean(TestIssuer.class)).isSameAs(this.issuer);
	}

	@Test
	void closedContextLeavesTheIssuerAlone() throws Exception {
		TestContextManager manager = new TestContextManager(ClosedApplication.class);
		manager.getTestContext().getApplicationContext();
		manager.getTestContext().markApplicationContextDirty(HierarchyMode.CURRENT_LEVEL);
		applicationTrustsTheIssuer();
	}

	@Test
	void faultsEndWithTheTest() throws Exception {
		this.issuer.answer(500);
		this.issuer.removeOldKeys();
		new IssuerRecovery().afterEach(mock());
		applicationTrustsTheIssuer();
		issuerPublishesTheKeysOfTheForge();
	}

	@Test
	void saysThatForgedTokensReplaceTheKeys() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> context(Both.class))
			.havingRootCause()
			.withMessage("@AutoConfigureForgedTokens replaces the issuer's keys and @AutoConfigureTestIssuer serves "
					+ "them: use one of the two. Both bring a TokenForge.");
	}

	@Test
	void saysWhatToDoWithSeveralIssuers() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> context(SeveralIssuers.class))
			.havingRootCause()
			.withMessageContaining("Start issuers with TestIssuer.start() and name them");
	}

	private static ApplicationContext context(Class<?> testClass) {
		return new TestContextManager(testClass).getTestContext().getApplicationContext();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(NotesController.class)
	static class NotesApplication {

	}

	@RestController
	static class NotesController {

		@GetMapping("/notes")
		@RequiresScope("read:notes")
		String list() {
			return "notes";
		}

	}

	@SpringBootTest(classes = NotesApplication.class, webEnvironment = WebEnvironment.NONE)
	@AutoConfigureTestIssuer
	static class OtherApplication {

	}

	@SpringBootTest(classes = NotesApplication.class, webEnvironment = WebEnvironment.NONE, properties = "closed=true")
	@AutoConfigureTestIssuer
	static class ClosedApplication {

	}

	@SpringBootTest(classes = NotesApplication.class, webEnvironment = WebEnvironment.NONE)
	@AutoConfigureTestIssuer
	@AutoConfigureForgedTokens
	static class Both {

	}

	@SpringBootTest(classes = NotesApplication.class, webEnvironment = WebEnvironment.NONE,
			properties = "auth-starter.issuers.a.issuer=https://a.example")
	@AutoConfigureTestIssuer
	static class SeveralIssuers {

	}

}
