package dev.authstarter.sample;

import java.time.Instant;
import java.util.UUID;

/**
 * A patient is expected.
 *
 * @param id the identifier
 * @param patient who is expected
 * @param startsAt when
 */
record Appointment(UUID id, String patient, Instant startsAt) {

}
