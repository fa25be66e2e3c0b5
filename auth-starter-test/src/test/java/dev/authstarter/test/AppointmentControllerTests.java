package dev.authstarter.test;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The slice test of the documentation, exactly as printed there.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureForgedTokens
class AppointmentControllerTests {

	@Test
	void refusesTokenOfAnotherOrganization(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		ForgedToken token = forge.token().withScopes("read:appointments").forOrganization("org_globex");
		assertThat(mvc.get().uri("/organizations/org_acme/appointments").with(token)).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void acceptsTokenOfTheOrganization(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		ForgedToken token = forge.token().withScopes("read:appointments").forOrganization("org_acme");
		assertThat(mvc.get().uri("/organizations/org_acme/appointments").with(token)).hasStatusOk();
	}

}
