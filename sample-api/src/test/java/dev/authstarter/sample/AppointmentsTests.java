package dev.authstarter.sample;

import java.time.Instant;

import dev.authstarter.test.WithOrganization;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.data.domain.Pageable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the repository alone. One line of a test names its clinic.
 */
@DataJpaTest
@WithOrganization("org_acme")
class AppointmentsTests {

	private static final Booking BOOKING = new Booking("Edsger Dijkstra", Instant.parse("2036-05-11T09:00:00Z"));

	@Autowired
	private Appointments appointments;

	@Autowired
	private TestEntityManager rows;

	@Test
	void findsAppointmentsOfTheClinic() {
		this.appointments.save(new Appointment(BOOKING));
		assertThat(patients()).contains("Edsger Dijkstra", "Ada Lovelace").doesNotContain("Grace Hopper");
	}

	@Test
	@WithOrganization("org_globex")
	void findsThoseOfAnotherClinicInItsPlace() {
		assertThat(patients()).contains("Grace Hopper").doesNotContain("Ada Lovelace");
	}

	@Test
	@WithOrganization("org_initech")
	void findsNothingForAClinicWithoutAppointments() {
		assertThat(patients()).isEmpty();
	}

	private Iterable<String> patients() {
		this.rows.flush();
		return this.appointments.findAllBy(Pageable.unpaged()).map(Appointment::booked).map(BookedAppointment::patient);
	}

}
