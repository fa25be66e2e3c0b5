package dev.authstarter.sample;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table of appointments. Hibernate separates the clinics: it writes the
 * acting organization into each row and finds only rows of that organization.
 */
@Entity
class Appointment {

	@Id
	@GeneratedValue
	private @Nullable UUID id;

	@TenantId
	@SuppressWarnings("UnusedVariable") // Hibernate reads and writes it.
	private @Nullable String organizationId;

	private String patient;

	private Instant startsAt;

	@Version
	private @Nullable Long version;

	/** Required by Hibernate, which sets the fields itself. */
	@SuppressWarnings("NullAway.Init")
	protected Appointment() {
	}

	Appointment(Booking booking) {
		this.patient = booking.patient();
		this.startsAt = booking.startsAt();
	}

	void change(Booking booking) {
		this.patient = booking.patient();
		this.startsAt = booking.startsAt();
	}

	/** Return the representation for callers. */
	BookedAppointment booked() {
		if (this.id == null || this.version == null) {
			throw new IllegalStateException("an appointment that is not stored has no identifier");
		}
		return new BookedAppointment(this.id, this.patient, this.startsAt, this.version);
	}

}
