package dev.authstarter.sample;

import java.time.Instant;
import java.util.UUID;

/**
 * What callers see of an appointment.
 *
 * @param id the identifier
 * @param patient who is expected
 * @param startsAt when
 * @param version grows with every change; in quotes it is the ETag
 */
record BookedAppointment(UUID id, String patient, Instant startsAt, long version) {

	String eTag() {
		return "\"" + this.version + "\"";
	}

}
