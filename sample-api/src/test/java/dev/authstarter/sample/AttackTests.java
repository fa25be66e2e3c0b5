package dev.authstarter.sample;

import java.net.URI;
import java.util.UUID;
import java.util.stream.Stream;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import dev.authstarter.test.attack.data.OrganizationData;
import dev.authstarter.test.matrix.AccessMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Attacks every endpoint and compares the access rules: all that an API team has to write
 * for that.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "ISSUER=https://issuer.example/")
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class AttackTests {

	private static final String APPOINTMENTS = "/organizations/{organizationId}/appointments";

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	@Autowired
	private JdbcTemplate database;

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused(@Autowired MockMvc mvc) {
		return BearerAttacks.against(mvc).everyEndpoint();
	}

	@TestFactory
	Stream<DynamicNode> clinicsAreKeptApart(@LocalServerPort int port, @Autowired ApplicationContext api) {
		return BearerAttacks.against(URI.create("http://localhost:" + port), api)
			.headers("PUT " + APPOINTMENTS + "/{id}", (headers) -> headers.setIfMatch("*"))
			.withData("org_acme", "org_globex", this::seed)
			.body("POST " + APPOINTMENTS, BOOKING)
			.body("PUT " + APPOINTMENTS + "/{id}", BOOKING)
			.everyEndpoint();
	}

	private OrganizationData seed(String clinic) {
		UUID id = UUID.randomUUID();
		String patient = clinic.equals("org_acme") ? "Ada Lovelace" : "Grace Hopper";
		this.database.update("delete from appointment where organization_id = ?", clinic);
		this.database.update("insert into appointment (id, organization_id, patient, starts_at, version) "
				+ "values (?, ?, ?, '2035-12-10 09:00:00+00', 0)", id, clinic, patient);
		return OrganizationData.markedBy(patient).identifiedBy("id", id);
	}

	@Test
	void rulesAreThoseOfTheFile(@Autowired HandlerInventory handlers) {
		AccessMatrix.of(handlers).isUnchanged();
	}

}
