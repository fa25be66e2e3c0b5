package dev.authstarter.access;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import dev.authstarter.CallerType;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.fixture.ApiTest;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rules of handlers, routes and beans over HTTP, and the inventory of all of them.
 */
@ApiTest(value = GuardedApi.class, properties = "auth-starter.public-paths=/public/**")
class AccessTests {

	@LocalServerPort
	int port;

	@Autowired
	HandlerInventory inventory;

	@Autowired
	HttpCalls http;

	private final TestToken valid = TestToken.validAt(TestApi.NOW);

	@Test
	void enforcesRuleOfInterface() {
		assertRefused(get("/rooms", this.valid), 403, "insufficient_scope", "read:rooms");
		assertThat(get("/rooms", this.valid.with("scope", "read:rooms")).body()).isEqualTo("rooms");
	}

	@Test
	void enforcesRuleOfPrivateHandler() {
		assertRefused(get("/rooms/private", this.valid), 403, "insufficient_scope", "read:rooms");
	}

	@Test
	void asksForTheFirstOfSeveralAlternatives() {
		HttpResponse<String> response = this.http.send(this.http.request("/rooms/not-a-number")
			.header("Authorization", "Bearer " + this.valid.signed())
			.DELETE());
		assertRefused(response, 403, "insufficient_scope", "write:rooms");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).endsWith("scope=\"write:rooms\"");
	}

	@Test
	void enforcesPermission() {
		assertRefused(get("/rooms/permission", this.valid), 403, "insufficient_permission", "rooms:count");
		assertThat(get("/rooms/permission", this.valid.with("permissions", List.of("rooms:count"))).statusCode())
			.isEqualTo(200);
	}

	@Test
	void enforcesKindOfCaller() {
		assertRefused(get("/rooms/machine", this.valid), 403, "wrong_caller", "machine");
		assertThat(get("/rooms/machine", this.valid.with("sub", "clinic-spa")).body()).isEqualTo("machine");
		assertThat(get("/rooms/anyone", this.valid).body()).isEqualTo("anyone");
		assertRefused(this.http.get("/rooms/anyone"), 401, "missing_token");
	}

	@Test
	void enforcesOrganizationWithoutPath() {
		assertThat(get("/rooms/organization", this.valid).body()).isEqualTo("org_acme");
		assertRefused(get("/rooms/organization", this.valid.without("org_id")), 403, "organization_missing");
	}

	@Test
	void answersRefusalOfBeanLikeOneOfHandler() {
		HttpResponse<String> response = get("/vault", this.valid);
		assertRefused(response, 403, "insufficient_scope", "open:vault");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).endsWith("scope=\"open:vault\"");
		assertRefused(get("/vault", this.valid.with("scope", "read:notes open:vault")), 403, "insufficient_role",
				"owner");
		assertThat(
				get("/vault", this.valid.with("scope", "read:notes open:vault").with("roles", List.of("owner"))).body())
			.isEqualTo("gold");
	}

	@Test
	void refusesBodyOfTenMegabytesUnread() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5000);
			String head = "POST /rooms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
					+ "Content-Length: 10485760\r\nConnection: close\r\nAuthorization: Bearer " + this.valid.signed()
					+ "\r\n\r\n";
			socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().flush();
			// No byte of the body is sent: an API that waits for it would time out.
			assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 403 ");
		}
		assertThat(post("/rooms", "0123456789".repeat(100_000), this.valid.with("scope", "write:rooms")).body())
			.isEqualTo("1000000");
	}

	private static String firstLine(InputStream answer) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int c = answer.read(); c >= 0 && c != '\r'; c = answer.read()) {
			line.append((char) c);
		}
		return line.toString();
	}

	@Test
	void enforcesRulesAroundRoutes() {
		assertRefused(get("/routes/closed", this.valid), 403, "insufficient_scope", "read:routes");
		TestToken reader = this.valid.with("scope", "read:routes");
		assertThat(get("/routes/closed", reader).body()).isEqualTo("closed");
		assertThat(post("/routes/closed", "text", reader).body()).isEqualTo("text");
		assertRefused(get("/routes/closed", reader.with("sub", "clinic-spa")), 403, "wrong_caller", "user");
	}

	@Test
	void keepsOrganizationsOfRoutesApart() {
		assertThat(get("/organizations/org_acme/route", this.valid).body()).isEqualTo("route");
		assertRefused(get("/organizations/org_globex/route", this.valid), 403, "organization_mismatch");
		assertRefused(this.http.get("/organizations/org_acme/route"), 401, "missing_token");
	}

	@Test
	void enforcesStockAnnotationsAndNamesTheScopes() {
		HttpResponse<String> response = get("/keys", this.valid);
		assertRefused(response, 403, "insufficient_scope", "read:keys", "see:keys");
		assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
			.endsWith("scope=\"read:keys see:keys\"");
		assertThat(get("/keys", this.valid.with("scope", "read:keys see:keys")).body()).isEqualTo("keys");
	}

	@Test
	void namesNoScopeThatMightNotHelp() {
		HttpResponse<String> response = get("/keys/vault", this.valid);
		assertRefused(response, 403, "access_denied");
		assertThat(HttpCalls.json(response)).doesNotContainKey("required");
		assertThat(get("/keys/vault", this.valid.with("scope", "read:notes open:vault")).body()).isEqualTo("silver");
	}

	@Test
	void knowsEveryHandler() {
		assertThat(this.inventory.handlers()).extracting(HandlerDescription::kind)
			.contains(Kind.CONTROLLER, Kind.ROUTE, Kind.ENDPOINT, Kind.RESOURCE, Kind.OTHER);
		assertThat(this.inventory.handlers()).extracting(AccessTests::line)
			.contains(
					"controller DELETE /rooms/{id} dev.authstarter.access.GuardedApi$Rooms#delete"
							+ " | scope write:rooms or admin; role editor",
					"controller GET /rooms dev.authstarter.access.GuardedApi$Rooms#list | scope read:rooms",
					"controller GET /rooms/silent dev.authstarter.access.GuardedApi$Rooms#silent | -",
					"controller GET /rooms/anyone dev.authstarter.access.GuardedApi$Rooms#anyone"
							+ " | caller machine or user",
					"controller GET /public/notes dev.authstarter.fixture.NoteController#open | public",
					"controller GET /keys dev.authstarter.access.GuardedApi$Keys#list"
							+ " | hasAuthority('SCOPE_read:keys') and hasAuthority('SCOPE_see:keys')",
					"controller GET /organizations/{organizationId}/notes dev.authstarter.fixture.NoteController#list"
							+ " | scope read:notes | scoped to an organization",
					"route GET /routes/closed route (GET && /closed) | scope read:routes; caller user",
					"route GET /organizations/{organizationId}/route route (GET && /organizations/{organizationId}/route)"
							+ " | - | scoped to an organization");
		assertThat(this.inventory.handlers()).filteredOn(HandlerDescription::undeclared)
			.flatExtracting(HandlerDescription::patterns)
			.contains("/rooms/silent", "/routes/silent", "/handlers/bean")
			.doesNotContain("/error", "/**", "/public/notes", "/actuator");
	}

	@Test
	void knowsEveryScope() {
		assertThat(this.inventory.scopes()).contains("read:rooms", "write:rooms", "admin", "read:routes", "read:notes")
			.doesNotContain("editor", "SCOPE_read:keys");
	}

	@Test
	void saysWhatEveryHandlerDemands() {
		HandlerDescription.Demands change = handler("DELETE", "/rooms/{id}").demands();
		assertThat(change.scopes()).containsExactly(List.of("write:rooms", "admin"));
		assertThat(change.roles()).containsExactly(List.of("editor"));
		assertThat(change.permissions()).isEmpty();
		assertThat(change.callers()).containsExactlyInAnyOrder(CallerType.USER, CallerType.MACHINE);
		HandlerDescription.Demands route = handler("GET", "/routes/closed").demands();
		assertThat(route.scopes()).containsExactly(List.of("read:routes"));
		assertThat(route.callers()).containsExactly(CallerType.USER);
		assertThat(handler("GET", "/keys").demands().scopes()).as("Spring Security decides").isEmpty();
	}

	@Test
	void saysWhichHandlersAreOpen() {
		assertThat(this.inventory.handlers()
			.stream()
			.filter(HandlerDescription::open)
			.flatMap((it) -> it.patterns().stream())).contains("/public/notes")
			.allMatch((pattern) -> pattern.startsWith("/public/"));
	}

	private HandlerDescription handler(String method, String pattern) {
		return this.inventory.handlers()
			.stream()
			.filter((it) -> it.methods().contains(method) && it.patterns().contains(pattern))
			.findFirst()
			.orElseThrow();
	}

	private HttpResponse<String> get(String path, TestToken token) {
		return this.http.getWithToken(path, token.signed());
	}

	private HttpResponse<String> post(String path, String body, TestToken token) {
		return this.http.send(this.http.request(path)
			.header("Authorization", "Bearer " + token.signed())
			.header("Content-Type", "text/plain")
			.POST(BodyPublishers.ofString(body)));
	}

	private static void assertRefused(HttpResponse<String> response, int status, String reason, String... required) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
		assertThat(HttpCalls.json(response)).containsEntry("reason", reason);
		if (required.length > 0) {
			assertThat(HttpCalls.json(response)).containsEntry("required", List.of(required));
		}
	}

	private static String line(HandlerDescription handler) {
		return "%s %s %s %s | %s%s".formatted(handler.kind().name().toLowerCase(Locale.ROOT),
				String.join(",", handler.methods()), String.join(",", handler.patterns()), handler.name(),
				handler.rule().isEmpty() ? "-" : handler.rule(),
				handler.organizationScoped() ? " | scoped to an organization" : "");
	}

}
