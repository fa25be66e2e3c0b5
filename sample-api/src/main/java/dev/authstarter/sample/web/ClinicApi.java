package dev.authstarter.sample.web;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.util.Assert;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * The API, called with the access token of the user who is logged in. An answer that
 * cannot be read is a {@link RestClientException} like all other failures.
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
		this.http = http.mutate().defaultStatusHandler(ClinicApi::isNoAnswer, (request, response) -> {
			throw new RestClientException("The API answered " + response.getStatusCode());
		}).build();
	}

	/** A redirect, for example, does not say that an appointment is booked. */
	private static boolean isNoAnswer(HttpStatusCode status) {
		return !status.is2xxSuccessful() && !status.isError();
	}

	Me me() {
		return read(() -> this.http.get().uri("/me").retrieve().requiredBody(Me.class));
	}

	List<Booked> appointments(Clinic clinic) {
		return read(() -> {
			List<Booked> booked = this.http.get().uri(APPOINTMENTS, clinic.id()).retrieve().requiredBody(LIST);
			Assert.noNullElements(booked, "An appointment cannot be null");
			return booked;
		});
	}

	void book(Clinic clinic, Booking booking) {
		read(() -> this.http.post()
			.uri(APPOINTMENTS, clinic.id())
			.contentType(MediaType.APPLICATION_JSON)
			.body(booking)
			.retrieve()
			.toBodilessEntity());
	}

	void cancel(Clinic clinic, UUID id) {
		read(() -> this.http.delete().uri(APPOINTMENTS + "/{id}", clinic.id(), id).retrieve().toBodilessEntity());
	}

	/**
	 * The client has other exceptions for an answer without a body and for a media type
	 * that is none.
	 */
	private static <T> T read(Supplier<T> answer) {
		try {
			return answer.get();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new RestClientException("The answer of the API cannot be read", ex);
		}
	}

	/**
	 * The user, as the API sees the token.
	 *
	 * @param subject the subject of the token
	 * @param roles the roles in the clinic
	 * @param clinic the clinic of the token, or {@code null} if it is for none
	 */
	record Me(String subject, Set<String> roles, @Nullable Clinic clinic) {

		Me {
			Assert.notNull(subject, "subject cannot be null");
			roles = Set.copyOf(Objects.requireNonNullElse(roles, Set.of()));
		}

	}

	/**
	 * A clinic.
	 *
	 * @param id the identifier
	 * @param name the name, or {@code null} if the token has none
	 */
	record Clinic(String id, @Nullable String name) {

		Clinic {
			Assert.notNull(id, "id cannot be null");
		}

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

		Booked {
			Assert.notNull(id, "id cannot be null");
			Assert.notNull(patient, "patient cannot be null");
			Assert.notNull(startsAt, "startsAt cannot be null");
		}

	}

}
