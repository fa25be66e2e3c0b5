package dev.authstarter.attacked;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * A test slice of WebFlux accepts forged tokens as headers and enforces all rules.
 */
@WebFluxTest(FluxNotes.class)
@ContextConfiguration(classes = FluxAttackTests.Application.class)
@AutoConfigureForgedTokens
class FluxSliceTests {

	private static final String NOTES = "/organizations/org_acme/notes";

	private final WebTestClient client;

	private final ForgedToken reader;

	FluxSliceTests(@Autowired WebTestClient client, @Autowired TokenForge forge) {
		this.client = client;
		this.reader = forge.token().withScopes("read:notes").forOrganization("org_acme");
	}

	@Test
	void acceptsForgedToken() {
		this.client.get().uri(NOTES).headers(this.reader).exchange().expectStatus().isOk();
	}

	@Test
	void refusesExpiredToken() {
		this.client.get()
			.uri(NOTES)
			.headers(this.reader.expired())
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.jsonPath("$.reason")
			.isEqualTo("token_expired");
	}

	@Test
	void refusesAnotherOrganization() {
		this.client.get()
			.uri(NOTES)
			.headers(this.reader.forOrganization("org_globex"))
			.exchange()
			.expectStatus()
			.isForbidden()
			.expectBody()
			.jsonPath("$.reason")
			.isEqualTo("organization_mismatch");
	}

	@Test
	void refusesRequestWithoutToken() {
		this.client.get().uri(NOTES).exchange().expectStatus().isUnauthorized();
	}

}
