package dev.authstarter.sample;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.Organization;

import org.springframework.stereotype.Component;

/**
 * The appointments of all clinics, each clinic's for itself. In memory: they are gone
 * when the API stops.
 */
@Component
class Appointments {

	private final Map<String, Map<UUID, Appointment>> byClinic = new ConcurrentHashMap<>();

	Appointments() {
		book(Organization.of("org_acme"), new NewAppointment("Ada Lovelace", Instant.parse("2035-12-10T09:00:00Z")));
		book(Organization.of("org_acme"), new NewAppointment("Alan Turing", Instant.parse("2035-12-10T09:30:00Z")));
		book(Organization.of("org_globex"), new NewAppointment("Grace Hopper", Instant.parse("2035-12-10T10:00:00Z")));
	}

	List<Appointment> of(Organization clinic) {
		return appointments(clinic).values().stream().sorted(Comparator.comparing(Appointment::startsAt)).toList();
	}

	Appointment book(Organization clinic, NewAppointment wanted) {
		Appointment appointment = new Appointment(UUID.randomUUID(), wanted.patient(), wanted.startsAt());
		appointments(clinic).put(appointment.id(), appointment);
		return appointment;
	}

	/**
	 * Cancel an appointment.
	 * @return whether there was one
	 */
	boolean cancel(Organization clinic, UUID id) {
		return appointments(clinic).remove(id) != null;
	}

	private Map<UUID, Appointment> appointments(Organization clinic) {
		return this.byClinic.computeIfAbsent(clinic.id(), (id) -> new ConcurrentHashMap<>());
	}

}
