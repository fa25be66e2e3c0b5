package com.example.clinic;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.authstarter.Organization;

import org.springframework.stereotype.Service;

/**
 * The appointments of all clinics.
 */
@Service
class Appointments {

	private final List<Appointment> all = new CopyOnWriteArrayList<>(
			List.of(new Appointment(UUID.randomUUID(), "org_acme", "Ada Lovelace"),
					new Appointment(UUID.randomUUID(), "org_globex", "Grace Hopper")));

	List<Appointment> of(Organization organization) {
		return this.all.stream()
			.filter((appointment) -> appointment.organization().equals(organization.id()))
			.toList();
	}

	void cancel(UUID id, Organization organization) {
		this.all.removeIf((appointment) -> appointment.id().equals(id)
				&& appointment.organization().equals(organization.id()));
	}

}
