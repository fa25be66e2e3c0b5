package dev.authstarter.sample;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.BearerAttacks;
import dev.authstarter.test.attack.data.OrganizationData;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same controllers on WebFlux: the same attacks, the same rules and the same table of
 * the README.
 */
@OnWebFlux
class WebFluxTests {

	private static final String APPOINTMENTS = "/organizations/{organizationId}/appointments";

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	/** The endpoint that explains tokens. */
	private static final Pattern ON_SPRING_MVC_ALONE = Pattern.compile("\\S+ /actuator/authexplain\\b");

	private final ApplicationContext api;

	private final URI url;

	WebFluxTests(@Autowired ApplicationContext api, @LocalServerPort int port) {
		this.api = api;
		this.url = URI.create("http://localhost:" + port);
	}

	@Test
	void handlersWaitOnThreadsOfTheExecutor(@Autowired ThreadPoolTaskExecutor executor, @Autowired TokenForge forge) {
		long before = executor.getThreadPoolExecutor().getTaskCount();
		WebTestClient.bindToServer()
			.baseUrl(this.url.toString())
			.build()
			.get()
			.uri("/me")
			.headers(forge.token())
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(executor.getThreadPoolExecutor().getTaskCount()).isGreaterThan(before);
	}

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused() {
		WebTestClient netty = WebTestClient.bindToServer().baseUrl(this.url.toString()).build();
		return BearerAttacks.against(netty, this.api).everyEndpoint();
	}

	@TestFactory
	Stream<DynamicNode> clinicsAreKeptApart(@Autowired JdbcTemplate database) {
		WebTestClient withoutServer = WebTestClient.bindToApplicationContext(this.api).build();
		return BearerAttacks.against(withoutServer, this.api)
			.headers("PUT " + APPOINTMENTS + "/{id}", (headers) -> headers.setIfMatch("*"))
			.withData("org_acme", "org_globex", (clinic) -> seed(database, clinic))
			.body("POST " + APPOINTMENTS, BOOKING)
			.body("PUT " + APPOINTMENTS + "/{id}", BOOKING)
			.everyEndpoint();
	}

	private static OrganizationData seed(JdbcTemplate database, String clinic) {
		UUID id = UUID.randomUUID();
		String patient = clinic.equals("org_acme") ? "Ada Lovelace" : "Grace Hopper";
		database.update("delete from appointment where organization_id = ?", clinic);
		database.update("insert into appointment (id, organization_id, patient, starts_at, version) "
				+ "values (?, ?, ?, '2035-12-10 09:00:00+00', 0)", id, clinic, patient);
		return OrganizationData.markedBy(patient).identifiedBy("id", id);
	}

	@Test
	void rulesAreThoseOfTheFile(@Autowired HandlerInventory handlers) throws Exception {
		// WebFlux has another sign for the rest of a path.
		String rules = dev.authstarter.test.matrix.AccessMatrix.of(handlers).toString().replace("{*path}", "**");
		assertThat(entries(rules))
			.isEqualTo(entries(Files.readString(Path.of("src/test/resources/access-matrix.txt"))));
	}

	/**
	 * Each stack serves resources and error pages by handlers of its own, which have no
	 * rules, and springdoc has controllers for each.
	 */
	private static Set<String> entries(String matrix) {
		return Stream.of(matrix.strip().split("\n\n", -1))
			.skip(1)
			.filter((entry) -> !entry.contains("    is      resource ") && !entry.contains("    is      other "))
			.filter((entry) -> !ON_SPRING_MVC_ALONE.matcher(entry).lookingAt())
			.map((entry) -> entry.replaceAll("org\\.springdoc\\.\\S+", "springdoc"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void equalsTheTableOfTheReadme(@Autowired HandlerInventory handlers, @Autowired TokenForge forge) throws Exception {
		AccessMatrix table = AccessMatrix.of(handlers.handlers(), this.url.getPort(), AccessMatrixTests.callers(forge));
		assertThat(rows(table)).isEqualTo(rows(AccessMatrix.ofReadme())).hasSize(18);
	}

	private static List<String> rows(AccessMatrix table) {
		return table.toString()
			.lines()
			.filter((row) -> !ON_SPRING_MVC_ALONE.matcher(row.replaceFirst("^\\| `", "")).lookingAt())
			.toList();
	}

}
