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
import org.springframework.security.oauth2.client.ClientAuthorizationRequiredException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.client.ResourceAccessException;
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
			.POST("/appointments", (request) -> change(request, (clinic) -> this.api.book(clinic, booking(request))))
			.POST("/appointments/{id}/cancellation",
					(request) -> change(request,
							(clinic) -> this.api.cancel(clinic, UUID.fromString(request.pathVariable("id")))))
			.onError(ResourceAccessException.class,
					(ex, request) -> html(HttpStatus.BAD_GATEWAY,
							empty(request, "The API cannot be reached. Try again later.")))
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

	private static Booking booking(ServerRequest request) {
		return new Booking(request.param("patient").orElse(""),
				LocalDateTime.parse(request.param("startsAt").orElse("")).toInstant(ZoneOffset.UTC));
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
		catch (DateTimeException | IllegalArgumentException ex) {
			return show(request, HttpStatus.BAD_REQUEST, "This is not a time or an appointment.");
		}
	}

	private static String refusal(RestClientResponseException ex) {
		// A proxy in front of the API may answer with a page of its own.
		HttpHeaders headers = ex.getResponseHeaders();
		boolean readable = headers != null
				&& MediaType.APPLICATION_PROBLEM_JSON.isCompatibleWith(headers.getContentType());
		ProblemDetail problem = readable ? ex.getResponseBodyAs(ProblemDetail.class) : null;
		String detail = (problem != null) ? problem.getDetail() : null;
		return "The API answered %d: %s".formatted(ex.getStatusCode().value(),
				Objects.requireNonNullElse(detail, ex.getStatusText()));
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
