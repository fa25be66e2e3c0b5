package dev.authstarter.sample;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jpa.test.autoconfigure.TestEntityManager;
import org.springframework.data.domain.Pageable;
import org.springframework.security.access.AccessDeniedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The repository without an acting clinic.
 */
@DataJpaTest
class AppointmentsWithoutOrganizationTests {

	@Autowired
	private Appointments appointments;

	@Autowired
	private TestEntityManager rows;

	@Test
	void findsNothingAndStoresNothing() {
		assertThat(this.appointments.findAllBy(Pageable.unpaged())).isEmpty();
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> {
			this.appointments.save(new Appointment(new Booking("Ada", Instant.parse("2036-05-11T09:00:00Z"))));
			this.rows.flush();
		}).withMessageStartingWith("No organization acts in this session");
	}

}
