package dev.authstarter.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

import dev.authstarter.access.Handler;
import dev.authstarter.access.Handler.Kind;
import dev.authstarter.access.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may call what, over HTTP: every caller against every handler of the API. When this
 * fails, the table that it prints shows what has changed; if that was meant, it belongs
 * into the README.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "ISSUER=https://issuer.example/")
@AutoConfigureForgedTokens
class AccessMatrixTests {

	private static final String[] BOTH = { "read:appointments", "write:appointments" };

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private HandlerInventory inventory;

	@Autowired
	private TokenForge forge;

	@Test
	void equalsTheTableOfTheReadme() throws Exception {
		String table = table();
		System.out.println(table);
		assertThat(Files.readString(Path.of("README.md"))).contains(table);
	}

	private Map<String, @Nullable ForgedToken> callers() {
		ForgedToken alice = this.forge.token().asUser("alice").withScopes(BOTH);
		ForgedToken machine = this.forge.token().asMachine("reminder-cron").withScopes(BOTH);
		Map<String, @Nullable ForgedToken> callers = new LinkedHashMap<>();
		callers.put("alice in Acme", alice.forOrganization("org_acme", "editor"));
		callers.put("alice in Globex", alice.forOrganization("org_globex", "viewer"));
		callers.put("bob, viewer of Acme", alice.asUser("bob").forOrganization("org_acme", "viewer"));
		callers.put("machine of Acme", machine.forOrganization("org_acme"));
		callers.put("machine of none", machine);
		callers.put("ID token", alice.forOrganization("org_acme", "editor").asIdToken());
		callers.put("nobody", null);
		return callers;
	}

	private String table() throws IOException, InterruptedException {
		Map<String, @Nullable ForgedToken> callers = callers();
		StringJoiner table = new StringJoiner("\n", "", "\n");
		table.add(row("call", List.copyOf(callers.keySet())));
		table.add("| --- ".repeat(callers.size() + 1) + "|");
		for (Handler handler : this.inventory.handlers()) {
			if (handler.kind() != Kind.CONTROLLER && !handler.patterns().contains("/actuator/health")) {
				continue;
			}
			for (String method : handler.methods()) {
				for (String pattern : handler.patterns()) {
					for (String path : paths(pattern)) {
						List<String> answers = new ArrayList<>();
						for (ForgedToken caller : callers.values()) {
							answers.add(call(method, path, caller));
						}
						table.add(row("`" + method + " " + path + "`", answers));
					}
				}
			}
		}
		return table.toString();
	}

	private static String row(String first, List<String> others) {
		return "| " + first + " | " + String.join(" | ", others) + " |";
	}

	private static List<String> paths(String pattern) {
		String path = pattern.replace("{id}", "7f1c9c1e-0b1f-4f0e-9a50-3c6f4b1d2a10");
		return path.contains("{organizationId}")
				? List.of(path.replace("{organizationId}", "org_acme"), path.replace("{organizationId}", "org_globex"))
				: List.of(path);
	}

	/**
	 * An empty body and an appointment that is not there: 400 and 404 are the handler's.
	 */
	private String call(String method, String path, @Nullable ForgedToken caller)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Content-Type", "application/json")
			.method(method, BodyPublishers.noBody());
		if (caller != null) {
			request.header("Authorization", caller.authorization());
		}
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		return response.statusCode() + reason(response);
	}

	private static String reason(HttpResponse<String> response) {
		if (response.statusCode() < 400) {
			return "";
		}
		JsonNode reason = JsonMapper.shared().readTree(response.body()).get("reason");
		return (reason != null) ? " `" + reason.asString() + "`" : "";
	}

}
