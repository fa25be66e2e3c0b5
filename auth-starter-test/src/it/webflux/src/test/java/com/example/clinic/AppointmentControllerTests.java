package com.example.clinic;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;

@WebFluxTest(AppointmentController.class)
@Import(Appointments.class)
@AutoConfigureForgedTokens
class AppointmentControllerTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private final WebTestClient client;

	private final ForgedToken reader;

	AppointmentControllerTests(@Autowired WebTestClient client, @Autowired TokenForge forge) {
		this.client = client;
		this.reader = forge.token().withScopes("read:appointments").forOrganization("org_acme");
	}

	@Test
	void listsAppointmentsOfTheOrganization() {
		this.client.mutateWith(this.reader)
			.get()
			.uri(ACME)
			.exchange()
			.expectBody(String.class)
			.isEqualTo("Ada Lovelace at org_acme");
	}

	@Test
	void refusesTokenOfAnotherOrganization() {
		ForgedToken token = this.reader.forOrganization("org_globex");
		assertThatResponse(this.client.get().uri(ACME).headers(token).exchange())
			.isRefusedWith(Reason.ORGANIZATION_MISMATCH);
	}

}
