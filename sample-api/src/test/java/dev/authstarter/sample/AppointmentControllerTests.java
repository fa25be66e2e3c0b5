package dev.authstarter.sample;

import java.util.UUID;

import dev.authstarter.Reason;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.AutoConfigureDataJpa;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an API team tests a controller: a slice, and tokens that go through the real rules.
 */
@WebMvcTest(AppointmentController.class)
@AutoConfigureDataJpa
@AutoConfigureForgedTokens
class AppointmentControllerTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	private final MockMvcTester mvc;

	private final ForgedToken editor;

	AppointmentControllerTests(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		this.mvc = mvc;
		this.editor = forge.token()
			.withScopes("read:appointments", "write:appointments")
			.forOrganization("org_acme", "editor");
	}

	@Test
	void listsAppointmentsOfTheClinic() {
		assertThat(this.mvc.get().uri(ACME).with(this.editor)).hasStatusOk()
			.bodyJson()
			.extractingPath("$[*].patient")
			.asArray()
			.contains("Ada Lovelace", "Alan Turing")
			.doesNotContain("Grace Hopper");
	}

	@Test
	void refusesTokenOfAnotherOrganization() {
		ForgedToken token = this.editor.forOrganization("org_globex", "editor");
		assertThatResponse(this.mvc.get().uri(ACME).with(token)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void refusesExpiredToken() {
		assertThatResponse(this.mvc.get().uri(ACME).with(this.editor.expired())).isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@Test
	void refusesToListWithoutTheScope() {
		ForgedToken token = this.editor.withScopes("write:appointments");
		assertThatResponse(this.mvc.get().uri(ACME).with(token)).isRefusedWith(Reason.INSUFFICIENT_SCOPE)
			.namesRequired("read:appointments");
	}

	@Test
	void booksAppointment() {
		assertThat(this.mvc.post().uri(ACME).with(this.editor).contentType(MediaType.APPLICATION_JSON).content(BOOKING))
			.hasStatus(HttpStatus.CREATED)
			.containsHeader(HttpHeaders.LOCATION)
			.bodyJson()
			.extractingPath("$.patient")
			.isEqualTo("Edsger Dijkstra");
	}

	@Test
	void saysWhichFieldsOfBookingAreWrong() {
		String booking = """
				{"patient": " ", "startsAt": "1936-06-23T09:00:00Z"}""";
		assertThat(this.mvc.post().uri(ACME).with(this.editor).contentType(MediaType.APPLICATION_JSON).content(booking))
			.hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.errors")
			.asMap()
			.containsOnlyKeys("patient", "startsAt");
	}

	/** Databases store neither, and formats of dates end at the year 9999. */
	@ParameterizedTest
	@CsvSource({ "startsAt, Ann, +10000-01-01T00:00:00Z", "startsAt, Ann, +1000000000-06-01T00:00:00Z",
			"patient, Ann\\u0000, 9999-12-31T23:59:59Z", "patient, Ann\\nLee, 9999-12-31T23:59:59Z",
			"patient, \\ud800Ann, 9999-12-31T23:59:59Z" })
	void refusesWhatCannotBeStoredOrShown(String field, String patient, String startsAt) {
		String booking = """
				{"patient": "%s", "startsAt": "%s"}""".formatted(patient, startsAt);
		assertThat(this.mvc.post().uri(ACME).with(this.editor).contentType(MediaType.APPLICATION_JSON).content(booking))
			.hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.extractingPath("$.errors")
			.asMap()
			.containsOnlyKeys(field);
	}

	@ParameterizedTest
	@CsvSource({ "Ann, 9999-12-31T23:59:59Z", "Zoë \uD83D\uDE00, 2036-05-11T09:00:00Z" })
	void booksUpToTheLastYear(String patient, String startsAt) {
		String booking = """
				{"patient": "%s", "startsAt": "%s"}""".formatted(patient, startsAt);
		assertThat(this.mvc.post().uri(ACME).with(this.editor).contentType(MediaType.APPLICATION_JSON).content(booking))
			.hasStatus(HttpStatus.CREATED);
	}

	@Test
	void refusesToBookWithoutTheScopeBeforeReadingTheBody() {
		ForgedToken token = this.editor.withScopes("read:appointments");
		assertThatResponse(this.mvc.post().uri(ACME).with(token).contentType(MediaType.APPLICATION_JSON).content("{"))
			.isRefusedWith(Reason.INSUFFICIENT_SCOPE);
	}

	@Test
	void refusesToCancelForViewer() {
		ForgedToken token = this.editor.forOrganization("org_acme", "viewer");
		assertThatResponse(this.mvc.delete().uri(ACME + "/" + UUID.randomUUID()).with(token))
			.isRefusedWith(Reason.INSUFFICIENT_ROLE)
			.namesRequired("editor");
	}

	@Test
	void hasNoSuchAppointmentToCancel() {
		assertThat(this.mvc.delete().uri(ACME + "/" + UUID.randomUUID()).with(this.editor))
			.hasStatus(HttpStatus.NOT_FOUND)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void refusesIdentifierThatIsNone() {
		assertThat(this.mvc.delete().uri(ACME + "/1").with(this.editor)).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

}
