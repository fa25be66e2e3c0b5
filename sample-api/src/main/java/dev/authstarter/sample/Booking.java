package dev.authstarter.sample;

import java.time.Instant;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * The request body to book or to change an appointment.
 *
 * @param patient the name of the patient
 * @param startsAt the start time
 */
record Booking(@NotBlank @Size(max = 100) String patient, @NotNull @Future Instant startsAt) {

}
