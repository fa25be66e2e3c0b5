package dev.authstarter.sample.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import dev.authstarter.sample.html.HtmlPage;
import dev.authstarter.sample.web.ClinicApi.Booked;
import dev.authstarter.sample.web.ClinicApi.Booking;
import dev.authstarter.sample.web.ClinicApi.Clinic;
import dev.authstarter.sample.web.ClinicApi.Me;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The page with the appointments of the user's clinic, and its two forms. What a user may
 * do is decided by the API; the page shows its refusals.
 */
final class AppointmentPages {

	/*
	 * Routes instead of annotations, because the API's component scan would find a
	 * controller.
	 */

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private static final URI LOGIN = URI.create("/oauth2/authorization/" + WebApplicationConfiguration.REGISTRATION);

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final ClinicApi api;

	private final HtmlPage page = HtmlPage.of("clinic-web/pages/appointments.html");

	private final HtmlPage appointment = HtmlPage.of("clinic-web/pages/appointment.html");

	AppointmentPages(ClinicApi api) {
		this.api = api;
	}

	RouterFunction<ServerResponse> routes() {
		return RouterFunctions.route()
			.GET("/", (request) -> show(request, HttpStatus.OK, ""))
			.POST("/appointments", this::book)
			.POST("/appointments/{id}/cancellation", this::cancel)
			.onError(RestClientException.class,
					(ex, request) -> html(HttpStatus.BAD_GATEWAY,
							empty(request,
									"The %s. Try again later.".formatted((ex instanceof ResourceAccessException)
											? "API cannot be reached" : "answer of the API cannot be read"))))
			.onError(AppointmentPages::isFailedRenewal,
					(ex, request) -> renewalFailed((OAuth2AuthorizationException) ex, request))
			.build();
	}

	/** Spring Security itself redirects users to the login who have no token yet. */
	private static boolean isFailedRenewal(Throwable ex) {
		return ex instanceof OAuth2AuthorizationException && !(ex instanceof ClientAuthorizationRequiredException);
	}

	private ServerResponse renewalFailed(OAuth2AuthorizationException ex, ServerRequest request) {
		if (OAuth2ErrorCodes.INVALID_GRANT.equals(ex.getError().getErrorCode())) {
			// The refresh token is used up, expired or revoked.
			return ServerResponse.seeOther(LOGIN).build();
		}
		return html(HttpStatus.BAD_GATEWAY, empty(request, "The issuer cannot be reached. Try again later."));
	}

	private ServerResponse book(ServerRequest request) {
		Instant startsAt;
		try {
			startsAt = LocalDateTime.parse(request.param("startsAt").orElse("")).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return show(request, HttpStatus.BAD_REQUEST, "This is not a time.");
		}
		Booking booking = new Booking(request.param("patient").orElse(""), startsAt);
		return change(request, (clinic) -> this.api.book(clinic, booking));
	}

	private ServerResponse cancel(ServerRequest request) {
		UUID id;
		try {
			id = UUID.fromString(request.pathVariable("id"));
		}
		catch (IllegalArgumentException ex) {
			return show(request, HttpStatus.BAD_REQUEST, "This is not an appointment.");
		}
		return change(request, (clinic) -> this.api.cancel(clinic, id));
	}

	/** Change something, then show the page anew; a refusal is shown on the page. */
	private ServerResponse change(ServerRequest request, Consumer<Clinic> change) {
		try {
			Clinic clinic = this.api.me().clinic();
			if (clinic == null) {
				return show(request, HttpStatus.FORBIDDEN, "You work in no clinic.");
			}
			change.accept(clinic);
			return ServerResponse.seeOther(URI.create("/")).build();
		}
		catch (RestClientResponseException ex) {
			return show(request, ex.getStatusCode(), refusal(ex));
		}
	}

	private static String refusal(RestClientResponseException ex) {
		return "The API answered %d: %s".formatted(ex.getStatusCode().value(),
				Objects.requireNonNullElse(detail(ex), ex.getStatusText()));
	}

	/** A proxy in front of the API may answer with a page of its own. */
	private static @Nullable String detail(RestClientResponseException ex) {
		HttpHeaders headers = ex.getResponseHeaders();
		if (headers == null || !MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(headers.getContentType())) {
			return null;
		}
		try {
			ProblemDetail problem = ex.getResponseBodyAs(ProblemDetail.class);
			return (problem != null) ? problem.getDetail() : null;
		}
		catch (RestClientException | HttpMessageConversionException unreadable) {
			return null;
		}
	}

	private ServerResponse show(ServerRequest request, HttpStatusCode status, String message) {
		try {
			return html(status, page(request, message));
		}
		catch (RestClientResponseException ex) {
			return html(HttpStatus.BAD_GATEWAY, empty(request, refusal(ex)));
		}
	}

	private static ServerResponse html(HttpStatusCode status, HtmlPage page) {
		return ServerResponse.status(status).contentType(HTML).body(page.html());
	}

	private HtmlPage page(ServerRequest request, String message) {
		Me me = this.api.me();
		Clinic clinic = me.clinic();
		String roles = me.roles().stream().sorted().collect(Collectors.joining(", "));
		return page(request, name(clinic), me.subject(), roles,
				(clinic != null) ? this.api.appointments(clinic) : List.of(), message);
	}

	private HtmlPage empty(ServerRequest request, String message) {
		return page(request, "Clinic", "", "", List.of(), message);
	}

	private static String name(@Nullable Clinic clinic) {
		if (clinic == null) {
			return "No clinic";
		}
		return Objects.requireNonNullElse(clinic.name(), clinic.id());
	}

	/** Instants have years for which there is no date. */
	private static String time(Instant startsAt) {
		try {
			return TIME.format(startsAt);
		}
		catch (DateTimeException ex) {
			return startsAt.toString();
		}
	}

	private HtmlPage page(ServerRequest request, String clinic, String user, String roles, List<Booked> booked,
			String message) {
		CsrfToken csrf = (CsrfToken) request.servletRequest().getAttribute(CsrfToken.class.getName());
		String appointments = booked.stream()
			.map((one) -> this.appointment.with("csrf", csrf.getToken())
				.with("id", one.id().toString())
				.with("time", time(one.startsAt()))
				.with("patient", one.patient())
				.html())
			.collect(Collectors.joining());
		// Texts of users come last, so that a placeholder in them is not filled.
		return this.page.with("csrf", csrf.getToken())
			.with("roles", roles)
			.with("user", user)
			.with("clinic", clinic)
			.with("message", message)
			.withHtml("appointments", appointments);
	}

}
