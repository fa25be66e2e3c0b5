package dev.authstarter.sample.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * The API, called with the access token of the user who is logged in.
 */
final class ClinicApi {

	private static final String APPOINTMENTS = "/organizations/{organizationId}/appointments";

	private static final ParameterizedTypeReference<List<Booked>> LIST = new ParameterizedTypeReference<>() {
	};

	private final RestClient http;

	/**
	 * Call the API.
	 * @param http with the API's address, and an interceptor that adds the token
	 */
	ClinicApi(RestClient http) {
		this.http = http;
	}

	Me me() {
		return this.http.get().uri("/me").retrieve().requiredBody(Me.class);
	}

	List<Booked> appointments(Clinic clinic) {
		return this.http.get().uri(APPOINTMENTS, clinic.id()).retrieve().requiredBody(LIST);
	}

	void book(Clinic clinic, Booking booking) {
		this.http.post()
			.uri(APPOINTMENTS, clinic.id())
			.contentType(MediaType.APPLICATION_JSON)
			.body(booking)
			.retrieve()
			.toBodilessEntity();
	}

	void cancel(Clinic clinic, UUID id) {
		this.http.delete().uri(APPOINTMENTS + "/{id}", clinic.id(), id).retrieve().toBodilessEntity();
	}

	/**
	 * The user, as the API sees the token.
	 *
	 * @param subject the subject of the token
	 * @param roles the roles in the clinic
	 * @param clinic the clinic of the token, or {@code null} if it is for none
	 */
	record Me(String subject, Set<String> roles, @Nullable Clinic clinic) {

	}

	/**
	 * A clinic.
	 *
	 * @param id the identifier
	 * @param name the name, or {@code null} if the token has none
	 */
	record Clinic(String id, @Nullable String name) {

	}

	/**
	 * An appointment to book.
	 *
	 * @param patient the name of the patient
	 * @param startsAt the start time
	 */
	record Booking(String patient, Instant startsAt) {

	}

	/**
	 * A booked appointment.
	 *
	 * @param id the identifier
	 * @param patient the name of the patient
	 * @param startsAt the start time
	 */
	record Booked(UUID id, String patient, Instant startsAt) {

	}

}
