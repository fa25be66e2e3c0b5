package com.example.clinic;

import dev.authstarter.Organization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.reactive.ReactiveOrganization;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

@Service
class Appointments {

	private final ReactiveOrganization acting;

	Appointments(ReactiveOrganization acting) {
		this.acting = acting;
	}

	@RequiresPermission("cancel:appointments")
	Mono<String> cancel(String id) {
		return this.acting.get().map(Organization::id).map((clinic) -> id + " of " + clinic);
	}

}
