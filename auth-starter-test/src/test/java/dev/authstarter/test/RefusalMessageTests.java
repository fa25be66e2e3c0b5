package dev.authstarter.test;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.security.test.context.support.WithMockUser;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

/**
 * The message of a failing assertion about the request.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureForgedTokens
@ExtendWith(OutputCaptureExtension.class)
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
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri(APPOINTMENTS + "?day=today").with(this.token))
				.isNotRefused())
			.withMessageContaining("request:   GET /organizations/org_acme/appointments?day=today")
			.withMessageContaining("status:    403")
			.withMessageContaining("reason:    insufficient_scope")
			.withMessageContaining("required:  [read:appointments]")
			.withMessageContaining("token:     {\"typ\":\"at+jwt\"")
			.withMessageContaining("caller:    USER 'forged-user', scopes [write:appointments], roles [viewer], "
					+ "permissions [], organizations [org_acme]")
			.withMessageContaining("handler:   dev.authstarter.test.AppointmentController#list, which requires scope "
					+ "read:appointments");
	}

	@Test
	void saysOtherScope() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri(APPOINTMENTS).with(this.token))
				.namesMissingScope("read:notes"))
			.withMessageContaining("names as missing the scope%n  read:notes%nbut got".formatted());
	}

	@Test
	void saysWhatTheHandlerRequiresIfNoRequestReachedIt() {
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
	@WithMockUser
	void saysWhatToUseInPlaceOfAMockedUser(CapturedOutput output) {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThatResponse(this.mvc.get().uri(APPOINTMENTS)).isAllowed())
			.withMessageContaining("reason:    token_required")
			.withMessageContaining(
					"hint:      The test has a caller without a token, as @WithMockUser and user() make one. "
							+ "Send a token, .with(forge.token()), or use @WithForgedToken instead of @WithMockUser.");
		assertThat(output).contains("403 token_required. The test has a caller without a token, as @WithMockUser");
	}

	@Test
	@WithForgedToken(scopes = "read:appointments", organization = "org_acme")
	void tokenOfTheTestIsSentByMockMvc() {
		assertThatResponse(this.mvc.get().uri(APPOINTMENTS)).isAllowed();
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
