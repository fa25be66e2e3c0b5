package dev.authstarter.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls every handler of the API with every kind of caller, over HTTP. If this fails, the
 * printed table shows what has changed; if the change is intended, copy the table into
 * the README.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "ISSUER=https://issuer.example/")
@AutoConfigureForgedTokens
class AccessMatrixTests {

	private static final String[] BOTH = { "read:appointments", "write:appointments" };

	@LocalServerPort
	private int port;

	@Autowired
	private HandlerInventory inventory;

	@Autowired
	private TokenForge forge;

	@Test
	void equalsTheTableOfTheReadme() throws Exception {
		String table = AccessMatrix.of(this.inventory.handlers(), this.port, callers(this.forge)).toString();
		System.out.println(table);
		assertThat(Files.readString(Path.of("README.md"))).contains(table);
	}

	/** The callers of the table's columns. */
	static Map<String, AccessMatrix.Caller> callers(TokenForge forge) {
		ForgedToken alice = forge.token().asUser("alice").withScopes(BOTH);
		ForgedToken machine = forge.token().asMachine("reminder-cron").withScopes(BOTH);
		Map<String, AccessMatrix.Caller> callers = new LinkedHashMap<>();
		callers.put("alice in Acme", alice.forOrganization("org_acme", "editor")::value);
		callers.put("alice in Globex", alice.forOrganization("org_globex", "viewer")::value);
		callers.put("bob, viewer of Acme", alice.asUser("bob").forOrganization("org_acme", "viewer")::value);
		callers.put("machine of Acme", machine.forOrganization("org_acme")::value);
		callers.put("machine of none", machine::value);
		callers.put("ID token", alice.forOrganization("org_acme", "editor").asIdToken()::value);
		callers.put("no token", () -> null);
		return callers;
	}

}
