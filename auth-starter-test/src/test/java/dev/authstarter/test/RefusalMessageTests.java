package dev.authstarter.test;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * What a failing assertion says about the request.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureForgedTokens
class RefusalMessageTests {

	private static final String APPOINTMENTS = "/organizations/org_acme/appointments";

	private final MockMvcTester mvc;

	private final ForgedToken token;

	RefusalMessageTests(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		this.mvc = mvc;
		this.token = forge.token().withScopes("write:appointments").forOrganization("org_acme", "viewer");
	}

	@Test
	void missingScopeIsNamed(@Autowired MockMvc plain) throws Exception {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(this.token)).namesMissingScope("read:appointments");
		assertThatResponse(plain.perform(get(APPOINTMENTS).with(this.token)).andReturn())
			.namesMissingScope("read:appointments");
	}

	@Test
	void saysWhatTheTokenAndTheHandlerSay() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(this.token)).isNotRefused())
			.withMessageContaining("status:    403")
			.withMessageContaining("reason:    insufficient_scope")
			.withMessageContaining("required:  [read:appointments]")
			.withMessageContaining("token:     {\"typ\":\"at+jwt\"")
			.withMessageContaining("caller:    USER 'forged-user', scopes [write:appointments], roles [viewer], "
					+ "permissions [], organizations [org_acme]")
			.withMessageContaining(
					"handler:   dev.authstarter.test.AppointmentController#list, which asks for scope read:appointments");
	}

	@Test
	void saysOtherScope() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(this.token))
				.namesMissingScope("read:notes"))
			.withMessageContaining("names as missing the scope%n  read:notes%nbut got".formatted());
	}

	@Test
	void saysWhatTheHandlerAsksAlsoWhereNobodyReachedIt() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri("/me").with(this.token.expired()))
				.isRefusedWith(Reason.WRONG_AUDIENCE))
			.withMessageContaining("handler:   dev.authstarter.test.AppointmentController#me, which has no rule");
	}

	@Test
	void saysThatTheSliceHasNoSuchController() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri("/patients").with(this.token))
				.isRefusedWith(Reason.INSUFFICIENT_SCOPE))
			.withMessageContaining("status:    404")
			.withMessageContaining("handler:   none for GET /patients. This application context has only [/me, "
					+ "/organizations/{organizationId}/appointments, /organizations/{organizationId}/appointments/{id}]: "
					+ "is the controller in this slice, as in @WebMvcTest(TheController.class)?");
	}

	@Test
	void noTokenIsNoTrouble() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri("/me")).isNotRefused())
			.withMessageContaining("reason:    missing_token")
			.withMessageNotContaining("token:  ");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri("/me").header("Authorization", "Bearer a.b.c"))
				.isNotRefused());
	}

}
