package dev.authstarter.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;

import dev.authstarter.Reason;
import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tokens that the sample's issuer issues to each client, and how the API reads them.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class IssuerTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String GLOBEX = "/organizations/org_globex/appointments";

	private static final String SWITCH = "Sample-Switch";

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	private String url = "";

	private IssuerClient issuer = new IssuerClient("");

	@DynamicPropertySource
	static void issuerPort(DynamicPropertyRegistry properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> port);
	}

	@BeforeEach
	void findIssuer(@Autowired TrustedIssuers trusted) {
		this.url = trusted.first().issuer();
		this.issuer = new IssuerClient(this.url);
	}

	@Test
	void letsMachineChooseClinic() throws Exception {
		String token = machineToken("reminder-cron",
				Map.of("scope", "read:appointments", "organization", "org_globex"));
		assertThat(get(GLOBEX, token).statusCode()).isEqualTo(200);
		assertThatResponse(get(ACME, token)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void refusesMachineClinicThatItDoesNotBelongTo() {
		HttpResponse<String> response = this.issuer.machineTokenResponse("clinic-kiosk", "clinic-kiosk-secret",
				Map.of("organization", "org_globex"));
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(json(response.body()).at("/error").asString()).isEqualTo("invalid_grant");
	}

	@Test
	void namesNoClinicForMachineOfNone() throws Exception {
		String token = machineToken("ward-monitor", Map.of("scope", "read:appointments"));
		assertThat(claims(token).has("org_id")).isFalse();
		assertThatResponse(get(ACME, token)).isRefusedWith(Reason.ORGANIZATION_MISSING);
	}

	@Test
	void refusesMachineOfNoneThatNamesClinic() {
		HttpResponse<String> response = this.issuer.machineTokenResponse("ward-monitor", "ward-monitor-secret",
				Map.of("organization", "org_acme"));
		assertThat(response.statusCode()).isEqualTo(400);
	}

	@Test
	void givesNoTokenToTheApiItself() {
		assertThat(this.issuer.machineTokenResponse("clinic-api", "clinic-api-secret", Map.of()).statusCode())
			.isEqualTo(400);
	}

	@Test
	void givesTokenThatSaysNothingAndIsAskedAbout() throws Exception {
		String token = machineToken("clinic-kiosk", Map.of("scope", "read:appointments"));
		assertThat(token).doesNotContain(".");
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
		assertThatResponse(get(GLOBEX, token)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
		assertThatResponse(get(ACME, token + "A")).isRefusedWith(Reason.INACTIVE_TOKEN);
	}

	@Test
	void tokensForOthersAreNoAccessTokens() throws Exception {
		IssuerClient.Tokens tokens = this.issuer.userTokens(IssuerClient.WEB_APPLICATION, "alice", "org_acme");
		assertThat(get(ACME, tokens.accessToken()).statusCode()).isEqualTo(200);
		assertThat(tokens.refreshToken()).isNotNull();
		// The issuer correctly reports this opaque text as active.
		assertThat(get(ACME, tokens.refreshToken()).statusCode()).isEqualTo(401);
		assertThat(tokens.idToken()).isNotNull();
		assertThat(get(ACME, tokens.idToken()).statusCode()).isEqualTo(401);
	}

	@Test
	void letsUserOfSeveralClinicsChoose() throws Exception {
		String token = this.issuer.userTokens("alice", null).accessToken();
		assertThat(get(GLOBEX, token).statusCode()).isEqualTo(200);
		assertThatResponse(get(ACME, token)).isRefusedWith(Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void showsNoPageToWhoForbidsThat() throws Exception {
		String location = send(this.issuer.silentRequest()).headers().firstValue("Location").orElseThrow();
		assertThat(location).startsWith("http://localhost:8080/?").contains("error=login_required");
	}

	@Test
	void writesRolesAndPermissionsOfTheClinicAlone() {
		JsonNode inAcme = claims(this.issuer.userTokens("alice", "org_acme").accessToken());
		JsonNode inGlobex = claims(this.issuer.userTokens("alice", "org_globex").accessToken());
		assertThat(inAcme.at("/roles/0").asString()).isEqualTo("editor");
		assertThat(inAcme.at("/permissions").toString()).contains("appointments:cancel");
		assertThat(inGlobex.at("/roles/0").asString()).isEqualTo("viewer");
		assertThat(inGlobex.at("/permissions").toString()).doesNotContain("appointments:cancel");
		assertThat(inGlobex.at("/org_name").asString()).isEqualTo("Globex Clinic");
	}

	@Test
	void givesShortLivedAccessToken() {
		JsonNode claims = claims(this.issuer.userTokens("bob", null).accessToken());
		assertThat(claims.at("/exp").asLong() - claims.at("/iat").asLong()).isEqualTo(300);
	}

	@Test
	void bindsIdTokenToTheLogin() {
		IssuerClient.Tokens tokens = this.issuer.userTokens("bob", null);
		assertThat(tokens.idToken()).isNotNull();
		JsonNode claims = claims(tokens.idToken());
		assertThat(claims.at("/nonce").asString()).isEqualTo("some-nonce");
		assertThat(claims.at("/aud").toString()).contains("clinic-spa");
		assertThat(claims.at("/org_id").asString()).isEqualTo("org_acme");
		assertThat(claims.has("roles")).isFalse();
	}

	@Test
	void givesNoRefreshTokenToBrowsers() {
		assertThat(this.issuer.userTokens("bob", null).refreshToken()).isNull();
	}

	@Test
	void rotatesRefreshTokens() throws Exception {
		String first = this.issuer.userTokens(IssuerClient.WEB_APPLICATION, "alice", "org_globex").refreshToken();
		assertThat(first).isNotNull();
		IssuerClient.Tokens second = IssuerClient.tokens(this.issuer.refresh(IssuerClient.WEB_APPLICATION, first));
		assertThat(second.refreshToken()).isNotNull().isNotEqualTo(first);
		assertThat(get(GLOBEX, second.accessToken()).statusCode()).isEqualTo(200);
		assertThat(this.issuer.refresh(IssuerClient.WEB_APPLICATION, first).statusCode()).isEqualTo(400);
	}

	@Test
	void keepsTokensGoodWhenKeysRotate() throws Exception {
		String before = machineToken("reminder-cron", Map.of("scope", "read:appointments"));
		assertThat(get(ACME, before).statusCode()).isEqualTo(200);
		assertThat(flip("POST", "/rotation").statusCode()).isEqualTo(200);
		String after = machineToken("reminder-cron", Map.of("scope", "read:appointments"));
		assertThat(header(after).at("/kid")).isNotEqualTo(header(before).at("/kid"));
		assertThat(get(ACME, after).statusCode()).isEqualTo(200);
		assertThat(get(ACME, before).statusCode()).isEqualTo(200);
	}

	@Test
	void doesNothingWhileItIsDown() throws Exception {
		String token = machineToken("reminder-cron", Map.of("scope", "read:appointments"));
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
		assertThat(json(flip("PUT", "/outage").body()).at("/down").asBoolean()).isTrue();
		assertThat(send(HttpRequest.newBuilder(URI.create(this.url + "/oauth2/jwks"))).statusCode()).isEqualTo(503);
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
		assertThat(json(flip("DELETE", "/outage").body()).at("/down").asBoolean()).isFalse();
		assertThat(send(HttpRequest.newBuilder(URI.create(this.url + "/oauth2/jwks"))).statusCode()).isEqualTo(200);
	}

	@Test
	void agesTokenOfItsOwn() throws Exception {
		String token = machineToken("reminder-cron", Map.of("scope", "read:appointments"));
		HttpRequest.Builder request = switchRequest("POST", "/aged-token").header("Authorization", "Bearer " + token);
		String aged = json(send(request).body()).at("/token").asString();
		assertThat(claims(aged).at("/exp").asLong()).isEqualTo(claims(token).at("/exp").asLong() - 3600);
		assertThatResponse(get(ACME, aged)).isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Bearer ", "Bearer no.token.", "Basic YTph" })
	void agesNothingElse(String authorization) throws Exception {
		HttpRequest.Builder request = switchRequest("POST", "/aged-token").header("Authorization", authorization);
		assertThat(send(request).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/rotation", "/outage", "/aged-token" })
	void refusesSwitchWithoutTheHeader(String path) throws Exception {
		URI uri = URI.create(this.url + "/switches" + path);
		assertThat(send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody())).statusCode()).isEqualTo(403);
	}

	@Test
	void refusesSwitchForHostThatOnlyPointsHere() throws Exception {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create(this.url.replace("localhost", "127.0.0.1") + "/switches"));
		assertThat(send(request.header(SWITCH, "page")).statusCode()).isEqualTo(403);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/switches/rotation", "/oauth2/token" })
	void answersPreflightOfThePageAlone(String path) throws Exception {
		assertThat(preflight(path, "http://localhost:8080").statusCode()).isEqualTo(200);
		assertThat(preflight(path, "http://localhost:8081").statusCode()).isEqualTo(403);
		assertThat(preflight(path, "https://attacker.example").statusCode()).isEqualTo(403);
	}

	@Test
	void takesCookiesOfThePageAtTheTokenEndpointAlone() throws Exception {
		String credentials = "Access-Control-Allow-Credentials";
		assertThat(preflight("/oauth2/token", "http://localhost:8080").headers().firstValue(credentials))
			.hasValue("true");
		assertThat(preflight("/switches/rotation", "http://localhost:8080").headers().firstValue(credentials))
			.isEmpty();
	}

	private HttpResponse<String> preflight(String path, String origin) throws Exception {
		return send(HttpRequest.newBuilder(URI.create(this.url + path))
			.method("OPTIONS", BodyPublishers.noBody())
			.header("Origin", origin)
			.header("Access-Control-Request-Method", "POST")
			.header("Access-Control-Request-Headers", SWITCH));
	}

	private String machineToken(String client, Map<String, String> parameters) {
		return this.issuer.machineToken(client, client + "-secret", parameters);
	}

	private HttpResponse<String> flip(String method, String path) throws Exception {
		return send(switchRequest(method, path));
	}

	private HttpRequest.Builder switchRequest(String method, String path) {
		return HttpRequest.newBuilder(URI.create(this.url + "/switches" + path))
			.method(method, BodyPublishers.noBody())
			.header(SWITCH, "page");
	}

	private HttpResponse<String> get(String path, String token) throws Exception {
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Bearer " + token));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private static JsonNode header(String token) {
		return part(token, 0);
	}

	private static JsonNode claims(String token) {
		return part(token, 1);
	}

	private static JsonNode part(String token, int index) {
		return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]));
	}

	private static JsonNode json(String body) {
		return JsonMapper.shared().readTree(body);
	}

}
