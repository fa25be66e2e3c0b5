package dev.authstarter.sample;

import java.util.Optional;
import java.util.UUID;

import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.repository.Repository;

/**
 * The appointments of the clinic that the request acts in. No method has a parameter for
 * a clinic, see {@link Appointment}.
 */
interface Appointments extends Repository<Appointment, UUID> {

	Slice<Appointment> findAllBy(Pageable page);

	Optional<Appointment> findById(UUID id);

	/**
	 * Store an appointment.
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it has changed
	 * since it was read
	 */
	Appointment save(Appointment appointment);

	/**
	 * Delete an appointment.
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it has changed
	 * since it was read
	 */
	void delete(Appointment appointment);

}
