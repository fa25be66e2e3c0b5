package dev.authstarter.sample;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.Sort;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The appointments of one clinic, for callers whose token is for that clinic.
 */
@RestController
@RequestMapping("/organizations/{organizationId}/appointments")
class AppointmentController {

	private static final Log logger = LogFactory.getLog(AppointmentController.class);

	private static final Sort BY_TIME = Sort.by("startsAt", "id");

	private final Appointments appointments;

	AppointmentController(Appointments appointments) {
		this.appointments = appointments;
	}

	/** Return one page, with a link header to the next one (RFC 8288). */
	@GetMapping
	@RequiresScope("read:appointments")
	ResponseEntity<List<BookedAppointment>> list(@RequestParam(defaultValue = "0") @Min(0) @Max(10_000) int page,
			@RequestParam(defaultValue = "20") @Min(1) @Max(100) int size, Organization organization) {
		Slice<Appointment> found = this.appointments.findAllBy(PageRequest.of(page, size, BY_TIME));
		ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
		if (found.hasNext()) {
			URI next = UriComponentsBuilder.fromPath("/organizations/{organizationId}/appointments")
				.query("page={page}&size={size}")
				.build(organization.id(), page + 1, size);
			answer.header(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
		}
		return answer.body(found.map(Appointment::booked).getContent());
	}

	@GetMapping("/{id}")
	@RequiresScope("read:appointments")
	ResponseEntity<BookedAppointment> find(@PathVariable UUID id) {
		BookedAppointment found = stored(id).booked();
		return ResponseEntity.ok().eTag(found.eTag()).body(found);
	}

	@PostMapping
	@RequiresScope("write:appointments")
	ResponseEntity<BookedAppointment> book(@Valid @RequestBody Booking booking, Organization organization) {
		BookedAppointment booked = this.appointments.save(new Appointment(booking)).booked();
		URI location = UriComponentsBuilder.fromPath("/organizations/{organizationId}/appointments/{id}")
			.build(organization.id(), booked.id());
		return ResponseEntity.created(location).eTag(booked.eTag()).body(booked);
	}

	/** Change an appointment. The caller must send the version that it has read. */
	@PutMapping("/{id}")
	@RequiresScope("write:appointments")
	@RequiresRole("editor")
	ResponseEntity<BookedAppointment> change(@PathVariable UUID id, @Valid @RequestBody Booking booking,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		if (ifMatch == null) {
			throw new ResponseStatusException(HttpStatus.PRECONDITION_REQUIRED,
					"Send the ETag of the appointment as 'If-Match'");
		}
		Appointment appointment = stored(id, ifMatch);
		appointment.change(booking);
		BookedAppointment changed = this.appointments.save(appointment).booked();
		return ResponseEntity.ok().eTag(changed.eTag()).body(changed);
	}

	@DeleteMapping("/{id}")
	@RequiresScope("write:appointments")
	@RequiresRole("editor")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void cancel(@PathVariable UUID id, AccessToken caller,
			@RequestHeader(name = HttpHeaders.IF_MATCH, defaultValue = "*") String ifMatch) {
		this.appointments.delete(stored(id, ifMatch));
		logger.info(LogMessage.format("Appointment %s was cancelled by %s", id, caller.subject()));
	}

	private Appointment stored(UUID id) {
		return this.appointments.findById(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such appointment"));
	}

	/**
	 * Compare the version (RFC 9110 section 13.1.1). Later changes are detected by
	 * optimistic locking.
	 */
	private Appointment stored(UUID id, String ifMatch) {
		Appointment appointment = stored(id);
		ETag current = ETag.create(appointment.booked().eTag());
		if (ETag.parse(ifMatch).stream().noneMatch((tag) -> tag.isWildcard() || tag.compare(current, true))) {
			throw new ResponseStatusException(HttpStatus.PRECONDITION_FAILED, "The appointment has changed");
		}
		return appointment;
	}

}
