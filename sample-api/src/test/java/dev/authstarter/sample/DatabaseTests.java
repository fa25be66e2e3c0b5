package dev.authstarter.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import javax.sql.DataSource;

import dev.authstarter.Organizations;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.domain.Pageable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The appointments of two clinics in one table. It does not depend on existing rows, so
 * it can run on a database that is in use.
 */
@SpringBootTest(properties = "ISSUER=https://issuer.example/")
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
@Import(DatabaseTests.ForgetfulClinic.class)
class DatabaseTests {

	private static final String ACME = "/organizations/org_acme";

	private static final String GLOBEX = "/organizations/org_globex";

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	private static final String CHANGE = """
			{"patient": "Edsger W. Dijkstra", "startsAt": "2036-05-12T09:00:00Z"}""";

	private final MockMvcTester mvc;

	private final ForgedToken acme;

	private final ForgedToken globex;

	DatabaseTests(@Autowired MockMvcTester mvc, @Autowired TokenForge forge) {
		this.mvc = mvc;
		ForgedToken editor = forge.token().withScopes("read:appointments", "write:appointments");
		this.acme = editor.forOrganization("org_acme", "editor");
		this.globex = editor.forOrganization("org_globex", "editor");
	}

	String product() {
		return "H2";
	}

	@Test
	void runsOnTheDatabaseItMeans(@Autowired DataSource database) throws Exception {
		String product = JdbcUtils.extractDatabaseMetaData(database, (metadata) -> metadata.getDatabaseProductName());
		assertThat(product).isEqualTo(product());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/all", "/all-later" })
	void findsRowsOfTheActingClinicWhereCodeForgetsToAsk(String path) {
		assertThat(patients(get(ACME + path, this.acme))).contains("Ada Lovelace", "Alan Turing")
			.doesNotContain("Grace Hopper");
		assertThat(patients(get(GLOBEX + path, this.globex))).contains("Grace Hopper")
			.doesNotContain("Ada Lovelace", "Alan Turing");
		assertThat(get(GLOBEX + path, this.acme)).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void findsNothingWithoutOrganization(@Autowired Appointments appointments) {
		assertThat(appointments.findAllBy(Pageable.unpaged())).isEmpty();
	}

	@Test
	void storesNothingWithoutOrganization(@Autowired Appointments appointments) {
		Appointment unowned = new Appointment(new Booking("Ada", Instant.parse("2036-05-11T09:00:00Z")));
		assertThatException().isThrownBy(() -> appointments.save(unowned))
			.withStackTraceContaining("No organization acts in this session");
	}

	@Test
	void storesForTheClinicOfAJob(@Autowired Appointments appointments, @Autowired Organizations organizations) {
		organizations.runAs("org_initech", "test", () -> {
			Appointment job = appointments
				.save(new Appointment(new Booking("Ada", Instant.parse("2036-05-11T09:00:00Z"))));
			assertThat(appointments.findAllBy(Pageable.unpaged())).hasSize(1);
			appointments.delete(job);
		});
		assertThat(appointments.findAllBy(Pageable.unpaged())).isEmpty();
	}

	@Test
	void keepsIdentifiersOfOneClinicFromTheOther() {
		String id = book();
		String foreign = GLOBEX + "/appointments/" + id;
		assertThat(get(foreign, this.globex)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(change(foreign, "*", this.globex)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(this.mvc.delete().uri(foreign).with(this.globex)).hasStatus(HttpStatus.NOT_FOUND);
		assertThat(get(ACME + "/appointments/" + id, this.acme)).hasStatusOk();
	}

	@Test
	void forgetsWhatWasCancelled() {
		String path = ACME + "/appointments/" + book();
		assertThat(this.mvc.delete().uri(path).with(this.acme)).hasStatus(HttpStatus.NO_CONTENT);
		assertThat(get(path, this.acme)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void changesTheVersionThatTheCallerSaw() {
		String path = ACME + "/appointments/" + book();
		assertThat(get(path, this.acme)).hasHeader(HttpHeaders.ETAG, "\"0\"");
		MvcTestResult changed = change(path, "\"0\"", this.acme);
		assertThat(changed).hasStatusOk().hasHeader(HttpHeaders.ETAG, "\"1\"");
		assertThat(json(changed).get("patient").asString()).isEqualTo("Edsger W. Dijkstra");
		assertThat(json(get(path, this.acme)).get("version").asLong()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"0\"", "W/\"1\"", "\"x\", \"2\"", "1", "", "?" })
	void refusesToChangeAnotherVersion(String ifMatch) {
		String path = ACME + "/appointments/" + book();
		assertThat(change(path, "\"0\"", this.acme)).hasStatusOk();
		MvcTestResult late = change(path, ifMatch, this.acme);
		assertThat(late).hasStatus(HttpStatus.PRECONDITION_FAILED)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(this.mvc.delete().uri(path).with(this.acme).header(HttpHeaders.IF_MATCH, "\"0\""))
			.hasStatus(HttpStatus.PRECONDITION_FAILED);
		assertThat(json(get(path, this.acme)).get("version").asLong()).isEqualTo(1);
	}

	@Test
	void asksForTheVersion() {
		assertThat(this.mvc.put()
			.uri(ACME + "/appointments/" + book())
			.with(this.acme)
			.contentType(MediaType.APPLICATION_JSON)
			.content(CHANGE)).hasStatus(HttpStatus.PRECONDITION_REQUIRED)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void letsOneOfSeveralWinWhoSawTheSameVersion() {
		String path = ACME + "/appointments/" + book();
		List<CompletableFuture<Integer>> answers = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			answers
				.add(CompletableFuture.supplyAsync(() -> change(path, "\"0\"", this.acme).getResponse().getStatus()));
		}
		List<Integer> statuses = answers.stream().map(CompletableFuture::join).sorted().toList();
		assertThat(statuses).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
	}

	@Test
	void pagesInOrderOfTime() {
		book();
		book();
		List<String> found = new ArrayList<>();
		String next = ACME + "/appointments?size=2";
		while (next != null) {
			MvcTestResult page = get(next, this.acme);
			assertThat(page).hasStatusOk();
			assertThat(json(page).size()).isBetween(1, 2);
			json(page).forEach((appointment) -> found.add(appointment.get("startsAt").asString()));
			String link = page.getResponse().getHeader(HttpHeaders.LINK);
			next = (link != null) ? link.substring(1, link.indexOf('>')) : null;
		}
		assertThat(found).hasSizeGreaterThanOrEqualTo(4).isSorted();
		assertThat(found).hasSize(json(get(ACME + "/all", this.acme)).size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "size=0", "size=101", "page=-1", "page=10001", "size=many" })
	void refusesPageOutOfBounds(String query) {
		MvcTestResult answer = get(ACME + "/appointments?" + query, this.acme);
		assertThat(answer).hasStatus(HttpStatus.BAD_REQUEST)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void saysWhichParameterIsWrong() {
		assertThat(json(get(ACME + "/appointments?size=0&page=-1", this.acme)).get("errors").propertyNames())
			.containsExactly("page", "size");
	}

	private String book() {
		MvcTestResult booked = this.mvc.post()
			.uri(ACME + "/appointments")
			.with(this.acme)
			.contentType(MediaType.APPLICATION_JSON)
			.content(BOOKING)
			.exchange();
		assertThat(booked).hasStatus(HttpStatus.CREATED).hasHeader(HttpHeaders.ETAG, "\"0\"");
		return json(booked).get("id").asString();
	}

	private MvcTestResult change(String path, String ifMatch, ForgedToken token) {
		return this.mvc.put()
			.uri(path)
			.with(token)
			.header(HttpHeaders.IF_MATCH, ifMatch)
			.contentType(MediaType.APPLICATION_JSON)
			.content(CHANGE)
			.exchange();
	}

	private MvcTestResult get(String path, ForgedToken token) {
		return this.mvc.get().uri(path).with(token).exchange();
	}

	private static List<String> patients(MvcTestResult answer) {
		return json(answer).findValuesAsString("patient");
	}

	private static JsonNode json(MvcTestResult answer) {
		return JsonMapper.shared().readTree(answer.getResponse().getContentAsByteArray());
	}

	/**
	 * Code that does not mention clinics, on the thread of the request and on another
	 * one.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	@EnableAsync
	static class ForgetfulClinic {

		@Bean
		Forgetful forgetful(Appointments appointments) {
			return new Forgetful(appointments);
		}

		/** Works on another thread. */
		static class Forgetful {

			private final Appointments appointments;

			Forgetful(Appointments appointments) {
				this.appointments = appointments;
			}

			@Async
			CompletableFuture<List<BookedAppointment>> later() {
				return CompletableFuture.completedFuture(all(this.appointments));
			}

		}

		@RestController
		@RequestMapping("/organizations/{organizationId}")
		static class Patients {

			private final Appointments appointments;

			private final Forgetful forgetful;

			Patients(Appointments appointments, Forgetful forgetful) {
				this.appointments = appointments;
				this.forgetful = forgetful;
			}

			@GetMapping("/all")
			@RequiresScope("read:appointments")
			List<BookedAppointment> now() {
				return all(this.appointments);
			}

			@GetMapping("/all-later")
			@RequiresScope("read:appointments")
			List<BookedAppointment> later() {
				return this.forgetful.later().join();
			}

		}

		private static List<BookedAppointment> all(Appointments appointments) {
			return appointments.findAllBy(Pageable.unpaged()).map(Appointment::booked).getContent();
		}

	}

}
