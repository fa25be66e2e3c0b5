package dev.authstarter.sample;

import java.time.Instant;

import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/**
 * The request body to book or to change an appointment.
 *
 * @param patient the name of the patient
 * @param startsAt the start time
 */
record Booking(
		@NotBlank @Size(max = 100) @Pattern(regexp = Booking.PRINTABLE,
				message = "must not contain control or broken characters") String patient,
		@NotNull @Future @FourDigitYear Instant startsAt) {

	/** Neither control characters (Cc) nor halves of a surrogate pair (Cs). */
	static final String PRINTABLE = "[^\\p{Cc}\\p{Cs}]*";

}
