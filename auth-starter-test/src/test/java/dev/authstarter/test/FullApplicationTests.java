package dev.authstarter.test;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.client.MockMvcWebTestClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

/**
 * The whole application without a server.
 */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureRestTestClient
@AutoConfigureForgedTokens
class FullApplicationTests {

	@Autowired
	private TokenForge forge;

	@Test
	void mockMvcTesterSendsToken(@Autowired MockMvcTester mvc) {
		assertThat(mvc.get().uri("/me").with(this.forge.token().asUser("auth0|42"))).bodyJson()
			.extractingPath("caller")
			.isEqualTo("auth0|42");
	}

	@Test
	void mockMvcSendsToken(@Autowired MockMvc mvc) throws Exception {
		ForgedToken token = this.forge.token().asMachine("reminder-cron");
		mvc.perform(get("/me").with(token))
			.andExpect(status().isOk())
			.andExpect(jsonPath("caller").value("reminder-cron"))
			.andExpect(jsonPath("kind").value("MACHINE"));
	}

	@Test
	void restTestClientSendsToken(@Autowired RestTestClient client) {
		client.get().uri("/me").headers(this.forge.token()).exchange().expectStatus().isOk();
		assertThatResponse(client.get().uri("/me").headers(this.forge.token().expired()).exchange())
			.isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@Test
	void webTestClientSendsToken(@Autowired MockMvc mvc) {
		WebTestClient client = MockMvcWebTestClient.bindTo(mvc).build();
		client.get().uri("/me").headers(this.forge.token()).exchange().expectStatus().isOk();
		assertThatResponse(client.get().uri("/me").headers(this.forge.token().withoutAudience()).exchange())
			.isRefusedWith(Reason.WRONG_AUDIENCE);
	}

	@Test
	void laterTokenReplacesEarlier(@Autowired MockMvcTester mvc) {
		ForgedToken token = this.forge.token();
		assertThat(mvc.get().uri("/me").with(token.asUser("early")).with(token.asUser("late"))).bodyJson()
			.extractingPath("caller")
			.isEqualTo("late");
	}

	@Test
	void applicationReadsWhatTheForgeWrote(@Autowired MockMvcTester mvc) {
		ForgedToken token = this.forge.token()
			.withScopes("a", "b")
			.withRoles("viewer")
			.withPermissions("p")
			.forOrganization("org_acme", "editor");
		assertThat(mvc.get().uri("/me").with(token)).bodyJson().isStrictlyEqualTo("""
				{"caller": "forged-user", "kind": "USER", "scopes": ["a", "b"], "roles": ["editor", "viewer"],
				 "permissions": ["p"]}
				""");
	}

	@Test
	void refusesRequestWithoutToken(@Autowired MockMvcTester mvc) {
		assertThat(mvc.get().uri("/me")).hasStatus(401);
	}

}
