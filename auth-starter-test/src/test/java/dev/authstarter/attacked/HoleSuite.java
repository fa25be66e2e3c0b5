package dev.authstarter.attacked;

import java.net.URI;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/**
 * Attacks only the vulnerable endpoints, over HTTP.
 */
@SpringBootTest(classes = NoteApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureForgedTokens
abstract class HoleSuite {

	@TestFactory
	Stream<DynamicNode> attacks(@LocalServerPort int port, @Autowired ApplicationContext application) {
		BearerAttacks attacks = BearerAttacks.against(URI.create("http://localhost:" + port), application);
		application.getBean(HandlerInventory.class)
			.handlers()
			.stream()
			.flatMap((handler) -> (handler.methods().isEmpty() ? Set.of("GET") : handler.methods()).stream()
				.flatMap((method) -> handler.patterns().stream().map((pattern) -> method + " " + pattern)))
			.filter((endpoint) -> !endpoint.contains("/hole"))
			.forEach((endpoint) -> attacks.exceptEndpoint(endpoint, "it is no hole"));
		return attacks.everyEndpoint();
	}

}
