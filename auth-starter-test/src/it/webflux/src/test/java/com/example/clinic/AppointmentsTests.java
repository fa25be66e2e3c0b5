package com.example.clinic;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.WithForgedToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static dev.authstarter.test.call.CallAssert.assertThatCall;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureForgedTokens
class AppointmentsTests {

	@Autowired
	private Appointments appointments;

	@Test
	@WithForgedToken(permissions = "cancel:appointments", organization = "org_acme")
	void cancelsAppointmentOfTheOrganization() {
		assertThat(this.appointments.cancel("a1").block()).isEqualTo("a1 of org_acme");
	}

	@Test
	@WithForgedToken(organization = "org_acme")
	void refusesCallerWithoutPermission() {
		assertThatCall(() -> this.appointments.cancel("a1").block()).isRefusedWith(Reason.INSUFFICIENT_PERMISSION);
	}

}
