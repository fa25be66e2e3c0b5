package dev.authstarter.sample;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import jakarta.validation.Valid;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The appointments of one clinic, for callers whose token is for that clinic.
 */
@RestController
@RequestMapping("/organizations/{organizationId}/appointments")
class AppointmentController {

	private static final Log logger = LogFactory.getLog(AppointmentController.class);

	private final Appointments appointments;

	AppointmentController(Appointments appointments) {
		this.appointments = appointments;
	}

	@GetMapping
	@RequiresScope("read:appointments")
	List<Appointment> list(Organization organization) {
		return this.appointments.of(organization);
	}

	@PostMapping
	@RequiresScope("write:appointments")
	ResponseEntity<Appointment> book(@Valid @RequestBody NewAppointment wanted, Organization organization) {
		Appointment appointment = this.appointments.book(organization, wanted);
		URI location = UriComponentsBuilder.fromPath("/organizations/{organizationId}/appointments/{id}")
			.build(organization.id(), appointment.id());
		return ResponseEntity.created(location).body(appointment);
	}

	@DeleteMapping("/{id}")
	@RequiresScope("write:appointments")
	@RequiresRole("editor")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable UUID id, Organization organization, AccessToken caller) {
		if (!this.appointments.cancel(organization, id)) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such appointment");
		}
		logger.info(LogMessage.format("Appointment %s was cancelled by %s", id, caller.subject()));
	}

}
