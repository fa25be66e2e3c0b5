package dev.authstarter.sample;

import java.time.Instant;
import java.util.UUID;

/**
 * An appointment as callers see it.
 *
 * @param id the identifier
 * @param patient the name of the patient
 * @param startsAt the start time
 * @param version increases with every change; in quotes it is the ETag
 */
record BookedAppointment(UUID id, String patient, Instant startsAt, long version) {

	String eTag() {
		return "\"" + this.version + "\"";
	}

}
