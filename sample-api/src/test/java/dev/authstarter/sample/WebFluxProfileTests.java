package dev.authstarter.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;

import dev.authstarter.Reason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.reactor.netty.NettyWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as its README starts it with the profile {@code webflux}: API and page on
 * Reactor Netty, with tokens of its issuer.
 */
class WebFluxProfileTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String GLOBEX = "/organizations/org_globex/appointments";

	private static final HttpClient http = HttpClient.newHttpClient();

	private static ConfigurableApplicationContext netty;

	private static ConfigurableApplicationContext tomcat;

	private static IssuerClient issuer;

	@BeforeAll
	static void start() {
		int port = TestSocketUtils.findAvailableTcpPort();
		issuer = new IssuerClient("http://localhost:" + port);
		netty = start("webflux", "--sample.issuer.port=" + port);
		tomcat = start("default", "--sample.issuer.port=1", "--ISSUER=http://localhost:" + port);
	}

	private static ConfigurableApplicationContext start(String profile, String... issuer) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles(profile)
			.properties("server.port=0")
			.run(issuer);
	}

	@AfterAll
	static void stop() {
		netty.close();
		tomcat.close();
	}

	@Test
	void servesWithReactorNetty() {
		assertThat(netty).isInstanceOfSatisfying(WebServerApplicationContext.class,
				(context) -> assertThat(context.getWebServer()).isInstanceOf(NettyWebServer.class));
		assertThat(tomcat).isInstanceOfSatisfying(WebServerApplicationContext.class,
				(context) -> assertThat(context.getWebServer()).isNotInstanceOf(NettyWebServer.class));
	}

	/** Reactor Netty may stop reading a connection that another thread answers. */
	@Test
	void answersOneRequestOnEachConnection() throws Exception {
		assertThat(get(netty, "/").headers().firstValue("connection")).hasValue("close");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/index.html", "/page/main.js", "/page/style.css", "/page/mark.svg",
			"/page/renewed.html", "/webjars/keycloak-js/dist/keycloak.js" })
	void servesThePage(String path) throws Exception {
		HttpResponse<String> response = get(netty, path);
		HttpResponse<String> servlet = get(tomcat, path);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo(servlet.body());
		for (String header : new String[] { "Content-Security-Policy", "X-Frame-Options" }) {
			assertThat(response.headers().allValues(header)).as(header).isEqualTo(servlet.headers().allValues(header));
		}
		assertThat(response.headers().firstValue("Content-Type").orElseThrow().replace(";charset=UTF-8", ""))
			.isEqualTo(servlet.headers().firstValue("Content-Type").orElseThrow().replace(";charset=UTF-8", ""));
	}

	@Test
	void framesTheEndOfRenewalAlone() throws Exception {
		assertThat(get(netty, "/").headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("frame-ancestors 'none'");
		assertThat(get(netty, "/page/renewed.html").headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("frame-ancestors 'self'");
		assertThat(get(netty, "/me").headers().firstValue("Content-Security-Policy")).isEmpty();
	}

	@Test
	void tellsThePageWhereToLogIn() throws Exception {
		JsonNode settings = json(get(netty, "/page/settings"));
		assertThat(settings.get("ownIssuer").asBoolean()).isTrue();
		assertThat(settings.get("scope").asString()).endsWith(" operations");
	}

	@Test
	void acceptsTokensOfTheIssuer() throws Exception {
		String alice = issuer.userTokens("alice", "org_acme").accessToken();
		assertThat(json(get(netty, "/me", alice)).get("subject").asString()).isEqualTo("alice");
		HttpResponse<String> machine = get(netty, ACME, issuer.machineToken("read:appointments"));
		assertThat(machine.statusCode()).isEqualTo(200);
		assertThat(json(machine).findValuesAsString("patient")).contains("Ada Lovelace").doesNotContain("Grace Hopper");
	}

	@Test
	void introspectsOpaqueTokens() throws Exception {
		String token = issuer.machineToken("clinic-kiosk", "clinic-kiosk-secret", "read:appointments");
		assertThat(token).doesNotContain(".");
		assertThat(get(netty, ACME, token).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesRequestsAsTomcatDoes() throws Exception {
		String reader = issuer.machineToken("read:appointments");
		assertThatResponse(get(netty, ACME)).isRefusedWith(Reason.MISSING_TOKEN);
		assertThatResponse(get(netty, GLOBEX, reader)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
		assertThatResponse(http.send(request(netty, ACME).header("Authorization", "Bearer " + reader)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{}"))
			.build(), BodyHandlers.ofString())).isRefusedWith(Reason.INSUFFICIENT_SCOPE);
		assertThatResponse(get(netty, "/me", Objects.requireNonNull(issuer.userTokens("alice", "org_acme").idToken())))
			.isRefusedWith(Reason.ID_TOKEN);
	}

	@Test
	void describesTheSameApi() throws Exception {
		assertThat(document(netty)).isEqualTo(document(tomcat));
		assertThat(get(netty, "/swagger-ui.html").statusCode()).isEqualTo(302);
		assertThat(get(netty, "/swagger-ui/index.html").body()).contains("<title>Swagger UI</title>");
	}

	private static JsonNode document(ConfigurableApplicationContext api) throws Exception {
		HttpResponse<String> response = get(api, "/v3/api-docs");
		assertThat(response.statusCode()).isEqualTo(200);
		ObjectNode document = (ObjectNode) json(response);
		assertThat(document.remove("servers")).isNotNull();
		return document;
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext api, String path) throws Exception {
		return http.send(request(api, path).build(), BodyHandlers.ofString());
	}

	private static HttpResponse<String> get(ConfigurableApplicationContext api, String path, String token)
			throws Exception {
		return http.send(request(api, path).header("Authorization", "Bearer " + token).build(),
				BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(ConfigurableApplicationContext api, String path) {
		return HttpRequest
			.newBuilder(URI.create("http://localhost:" + api.getEnvironment().getProperty("local.server.port") + path))
			.timeout(Duration.ofSeconds(30));
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

}
