package dev.authstarter.sample;

import java.time.Instant;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/**
 * What a caller sends to book an appointment or to change one.
 *
 * @param patient who is expected
 * @param startsAt when
 */
record Booking(@NotBlank @Size(max = 100) String patient, @NotNull @Future Instant startsAt) {

}
