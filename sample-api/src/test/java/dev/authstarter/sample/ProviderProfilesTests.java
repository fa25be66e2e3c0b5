package dev.authstarter.sample;

import java.util.UUID;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profiles for providers, each with a token in the format of the provider.
 */
class ProviderProfilesTests {

	/**
	 * The rights of an editor of one clinic, with tokens of each provider.
	 */
	private abstract static class Profile {

		@Autowired
		private MockMvcTester mvc;

		@Autowired
		private TokenForge forge;

		/** An editor, with both scopes, in the provider's dialect. */
		abstract ForgedToken editor(ForgedToken token);

		abstract String clinic();

		/** The scopes that the page requests from the provider. */
		String scope() {
			return "openid read:appointments write:appointments";
		}

		@Test
		void letsThePageAskForScopesOfTheProvider() {
			assertThat(this.mvc.get().uri("/page/settings")).bodyJson().extractingPath("$.scope").isEqualTo(scope());
		}

		@Test
		void letsEditorWorkInTheClinic() {
			ForgedToken token = editor();
			String path = "/organizations/" + clinic() + "/appointments";
			assertThat(this.mvc.get().uri("/me").with(token)).hasStatusOk()
				.bodyJson()
				.extractingPath("$.clinic.id")
				.isEqualTo(clinic());
			assertThat(this.mvc.get().uri(path).with(token)).hasStatusOk();
			assertThat(this.mvc.delete().uri(path + "/" + UUID.randomUUID()).with(token))
				.hasStatus(HttpStatus.NOT_FOUND);
		}

		@Test
		void keepsEditorOutOfTheOtherClinic() {
			assertThatResponse(this.mvc.get().uri("/organizations/other/appointments").with(editor()))
				.isRefusedWith(Reason.ORGANIZATION_MISMATCH);
		}

		@Test
		void refusesTokenForAnotherApi() {
			assertThatResponse(this.mvc.get().uri("/me").with(editor().forAudience("https://other.example")))
				.isRefusedWith(Reason.WRONG_AUDIENCE);
		}

		private ForgedToken editor() {
			return editor(this.forge.token().withScopes("read:appointments", "write:appointments"));
		}

	}

	@Nested
	@SpringBootTest(properties = { "AUTH0_DOMAIN=acme.eu.auth0.com", "AUTH0_AUDIENCE=https://api.acme.example" })
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	@ActiveProfiles("auth0")
	class Auth0 extends Profile {

		@Override
		ForgedToken editor(ForgedToken token) {
			return token.withRoles("editor").forOrganization(clinic());
		}

		@Override
		String clinic() {
			return "org_9ybsU1dN";
		}

	}

	@Nested
	@SpringBootTest(properties = { "KEYCLOAK_URL=https://id.acme.example", "KEYCLOAK_REALM=acme",
			"KEYCLOAK_AUDIENCE=clinic-api" })
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	@ActiveProfiles("keycloak")
	class Keycloak extends Profile {

		@Override
		ForgedToken editor(ForgedToken token) {
			return token.forOrganization(clinic(), "editor");
		}

		@Override
		String clinic() {
			return "acme";
		}

		@Override
		String scope() {
			return super.scope() + " organization";
		}

	}

	@Nested
	@SpringBootTest(properties = "OKTA_DOMAIN=acme.okta.com")
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	@ActiveProfiles("okta")
	class Okta extends Profile {

		@Override
		ForgedToken editor(ForgedToken token) {
			return token.withRoles("editor").forOrganization(clinic());
		}

		@Override
		String clinic() {
			return "acme";
		}

	}

	@Nested
	@SpringBootTest(properties = { "ENTRA_TENANT_ID=72f988bf-86f1-41af-91ab-2d7cd011db47",
			"ENTRA_CLIENT_ID=6e74172b-be56-4843-9ff4-e66a39bb12e3" })
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	@ActiveProfiles("entra")
	class Entra extends Profile {

		@Override
		ForgedToken editor(ForgedToken token) {
			return token.withRoles("editor").forOrganization(clinic());
		}

		@Override
		String clinic() {
			return "72f988bf-86f1-41af-91ab-2d7cd011db47";
		}

		@Override
		String scope() {
			return "openid api://6e74172b-be56-4843-9ff4-e66a39bb12e3/read:appointments"
					+ " api://6e74172b-be56-4843-9ff4-e66a39bb12e3/write:appointments";
		}

	}

}
