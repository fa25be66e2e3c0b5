package dev.authstarter.test.attack;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.attacked.data.Hole;
import dev.authstarter.attacked.data.LetterApplication;
import dev.authstarter.attacked.data.Letters;
import dev.authstarter.attacked.data.OddController;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.data.OrganizationData;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContext;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Attacks on data that other tests run to check the result; the build does not run this
 * class itself.
 */
final class DataSuite {

	private static final String OF_ORGANIZATION = "/organizations/{organizationId}/letters";

	/** They take most of the time. */
	private static final List<String> WRITES = List.of("POST " + OF_ORGANIZATION, "PUT " + OF_ORGANIZATION + "/{id}",
			"DELETE " + OF_ORGANIZATION + "/{id}", "DELETE /letters", "POST /letters/replies");

	private DataSuite() {
	}

	private static Stream<DynamicNode> attacks(BearerAttacks attacks, Letters letters) {
		WRITES.stream()
			.filter(Hole::isElsewhere)
			.forEach((endpoint) -> attacks.exceptEndpoint(endpoint, "the hole is elsewhere"));
		return attacks.withData("org_acme", "org_globex", letters::seed)
			.body("POST " + OF_ORGANIZATION, "{\"addressee\": \"Edsger Dijkstra\"}")
			.body("PUT " + OF_ORGANIZATION + "/{id}", "{\"addressee\": \"Edsger W. Dijkstra\"}")
			.body("POST /letters/replies", "{\"id\": \"\", \"text\": \"Thanks\"}")
			.everyEndpoint();
	}

	/** Without a server. */
	@SpringBootTest(classes = LetterApplication.class, properties = "spring.mvc.problemdetails.enabled=true")
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class WithoutServer {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired MockMvc mvc, @Autowired Letters letters) {
			return DataSuite.attacks(BearerAttacks.against(mvc), letters);
		}

	}

	/** Over HTTP, below a context path. */
	@SpringBootTest(classes = LetterApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "spring.mvc.problemdetails.enabled=true", "server.servlet.context-path=/api",
					"auth-starter.organization.sources=path,header,token" })
	@AutoConfigureForgedTokens
	static class OverHttp {

		@TestFactory
		Stream<DynamicNode> attacks(@LocalServerPort int port, @Autowired ApplicationContext application,
				@Autowired Letters letters) {
			return DataSuite
				.attacks(BearerAttacks.against(URI.create("http://localhost:" + port + "/api"), application), letters);
		}

	}

	/** An application of oddities. */
	@SpringBootTest(classes = { LetterApplication.class, OddController.class })
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class Odd {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired MockMvc mvc, @Autowired Letters letters,
				@Autowired HandlerInventory handlers) {
			BearerAttacks attacks = BearerAttacks.against(mvc);
			handlers.handlers()
				.stream()
				.filter((handler) -> handler.kind() == Kind.CONTROLLER && !handler.name().contains("OddController"))
				.flatMap((handler) -> handler.methods()
					.stream()
					.flatMap((method) -> handler.patterns().stream().map((pattern) -> method + " " + pattern)))
				.forEach((endpoint) -> attacks.exceptEndpoint(endpoint, "it is not odd"));
			return attacks.withData("org_acme", "org_globex", letters::seed)
				.value("year", "2030")
				.token((token, organization) -> token.withScopes("read:letters", "write:letters", "read:odd")
					.asUser("auth0|" + organization))
				.everyEndpoint();
		}

	}

	/** The seed lacks the data. */
	@SpringBootTest(classes = LetterApplication.class)
	@AutoConfigureMockMvc
	@AutoConfigureForgedTokens
	static class NothingSeeded {

		@TestFactory
		Stream<DynamicNode> attacks(@Autowired MockMvc mvc) {
			return BearerAttacks.against(mvc)
				.withData("org_acme", "org_globex",
						(organization) -> OrganizationData.markedBy("A patient of " + organization)
							.identifiedBy("id", UUID.randomUUID()))
				.everyEndpoint();
		}

	}

}
