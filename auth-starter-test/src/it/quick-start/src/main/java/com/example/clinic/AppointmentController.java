package com.example.clinic;

import java.util.List;
import java.util.UUID;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresScope;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/organizations/{organizationId}/appointments")
class AppointmentController {

	private final Appointments appointments;

	AppointmentController(Appointments appointments) {
		this.appointments = appointments;
	}

	@GetMapping
	@RequiresScope("read:appointments")
	List<Appointment> list(Organization organization) {
		return this.appointments.of(organization);
	}

	@DeleteMapping("/{id}")
	@RequiresScope("write:appointments")
	@RequiresPermission("cancel:appointments")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable UUID id, Organization organization, AccessToken caller) {
		this.appointments.cancel(id, organization);
	}

}
