package com.example.clinic;

import dev.authstarter.Organization;
import dev.authstarter.RequiresScope;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
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
	Flux<String> list(Organization organization) {
		return Flux.just("Ada Lovelace at " + organization.id());
	}

	@DeleteMapping("/{id}")
	@RequiresScope("write:appointments")
	Mono<String> cancel(@PathVariable String id) {
		return this.appointments.cancel(id);
	}

}
