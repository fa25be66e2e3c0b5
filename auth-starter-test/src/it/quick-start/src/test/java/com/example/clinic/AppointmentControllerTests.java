package com.example.clinic;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(AppointmentController.class)
@Import(Appointments.class)
@AutoConfigureForgedTokens
class AppointmentControllerTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private final MockMvcTester mvc;

	private final ForgedToken editor;

	AppointmentControllerTests(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		this.mvc = mvc;
		this.editor = forge.token()
			.withScopes("read:appointments", "write:appointments")
			.withPermissions("cancel:appointments")
			.forOrganization("org_acme");
	}

	@Test
	void listsAppointmentsOfTheOrganization() {
		assertThat(this.mvc.get().uri(ACME).with(this.editor)).hasStatusOk()
			.bodyText()
			.contains("Ada Lovelace")
			.doesNotContain("Grace Hopper");
	}

	@Test
	void refusesTokenOfAnotherOrganization() {
		ForgedToken token = this.editor.forOrganization("org_globex");
		assertThatResponse(this.mvc.get().uri(ACME).with(token)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void refusesExpiredToken() {
		assertThatResponse(this.mvc.get().uri(ACME).with(this.editor.expired())).isRefusedWith(Reason.TOKEN_EXPIRED);
	}

}
