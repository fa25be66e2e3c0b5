package dev.authstarter.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.jwk.source.JWKSource;
import dev.authstarter.Reason;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.issuer.TrustedIssuers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole sample over real HTTP: real tokens from a real authorization server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class SampleApiTests {

	private static final String ACME = "/organizations/org_acme/appointments";

	private static final String GLOBEX = "/organizations/org_globex/appointments";

	private static final String BOOKING = """
			{"patient": "Edsger Dijkstra", "startsAt": "2036-05-11T09:00:00Z"}""";

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private SettableClock clock;

	@Autowired
	private ApplicationContext api;

	private IssuerClient issuer = new IssuerClient("");

	@DynamicPropertySource
	static void issuerPort(DynamicPropertyRegistry properties) {
		int port = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> port);
	}

	@BeforeEach
	void findIssuer(@Autowired TrustedIssuers trusted) {
		this.issuer = new IssuerClient(trusted.first().issuer());
	}

	@AfterEach
	void resetClock() {
		this.clock.setAhead(Duration.ZERO);
	}

	@Test
	void acceptsMachine() throws Exception {
		String token = this.issuer.machineToken("read:appointments");
		HttpResponse<String> response = get(ACME, token);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(json(response).findValuesAsString("patient")).contains("Ada Lovelace")
			.doesNotContain("Grace Hopper");
	}

	@Test
	void explainsTokensToItsOperatorAlone() throws Exception {
		String machine = this.issuer.machineToken("read:appointments");
		HttpResponse<String> answer = explain(machine, this.issuer.userTokens("alice", "org_globex").accessToken());
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer).get("accepted").asBoolean()).isTrue();
		assertThat(answer.body()).doesNotContain(machine);
		assertThatResponse(explain(machine, this.issuer.userTokens("bob", null).accessToken()))
			.isRefusedWith(Reason.ACCESS_DENIED);
		assertThatResponse(explain(machine, machine)).isRefusedWith(Reason.ACCESS_DENIED);
	}

	private HttpResponse<String> explain(String token, String caller) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/actuator/authexplain"))
				.header("Content-Type", "application/json")
				.header("Authorization", "Bearer " + caller)
				.POST(BodyPublishers.ofString("{\"token\":\"" + token + "\"}"))
				.build(), BodyHandlers.ofString());
	}

	@Test
	void acceptsAccessTokenOfTypeAtJwt() throws Exception {
		String token = this.issuer.machineToken("read:appointments");
		JsonNode header = JsonMapper.shared()
			.readTree(Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))));
		assertThat(header.get("typ").asString()).isEqualTo("at+jwt");
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
	}

	@Test
	void refusesCallerWithoutToken() throws Exception {
		HttpResponse<String> response = send(request(ACME));
		assertRefused(response, Reason.MISSING_TOKEN);
		assertThat(challenge(response)).isEqualTo("Bearer realm=\"api\"");
	}

	@Test
	void refusesTokenOfAnotherClinic() throws Exception {
		assertRefused(get(GLOBEX, this.issuer.machineToken("read:appointments")), Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void refusesTokenWithoutTheScope() throws Exception {
		HttpResponse<String> response = post(ACME, this.issuer.machineToken("read:appointments"), BOOKING);
		assertRefused(response, Reason.INSUFFICIENT_SCOPE);
		assertThat(challenge(response)).contains("scope=\"write:appointments\"");
	}

	@Test
	void refusesTokenThatExpired() throws Exception {
		String token = this.issuer.machineToken("read:appointments");
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
		this.clock.setAhead(Duration.ofMinutes(5).plusSeconds(31));
		assertRefused(get(ACME, token), Reason.TOKEN_EXPIRED);
	}

	@Test
	void refusesIdToken() throws Exception {
		String idToken = this.issuer.userTokens("alice", "org_acme").idToken();
		assertThat(idToken).isNotNull();
		assertRefused(get("/me", idToken), Reason.ID_TOKEN);
	}

	@Test
	void refusesTokenWhoseSignatureWasTamperedWith() throws Exception {
		String[] parts = this.issuer.machineToken("read:appointments").split("\\.", -1);
		String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("org_acme",
				"org_globex");
		String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
		assertRefused(get(GLOBEX, parts[0] + "." + forged + "." + parts[2]), Reason.BAD_SIGNATURE);
	}

	@Test
	void refusesSecondAuthorizationHeader() throws Exception {
		String token = this.issuer.machineToken("read:appointments");
		assertRefused(send(
				request(ACME).header("Authorization", "Bearer " + token).header("Authorization", "Bearer " + token)),
				Reason.MULTIPLE_CREDENTIALS);
	}

	@Test
	void letsUserBeEditorInOneClinicAndViewerInTheOther() throws Exception {
		String inAcme = this.issuer.userTokens("alice", "org_acme").accessToken();
		String inGlobex = this.issuer.userTokens("alice", "org_globex").accessToken();
		assertThat(delete(book(ACME, inAcme), inAcme).statusCode()).isEqualTo(204);
		assertRefused(delete(book(GLOBEX, inGlobex), inGlobex), Reason.INSUFFICIENT_ROLE);
		assertRefused(get(GLOBEX, inAcme), Reason.ORGANIZATION_MISMATCH);
		assertRefused(get(ACME, inGlobex), Reason.ORGANIZATION_MISMATCH);
	}

	@Test
	void refusesToCancelForViewer() throws Exception {
		String token = this.issuer.userTokens("bob", null).accessToken();
		assertThat(get(ACME, token).statusCode()).isEqualTo(200);
		assertRefused(delete(book(ACME, token), token), Reason.INSUFFICIENT_ROLE);
	}

	@Test
	void refusesToCancelForMachine() throws Exception {
		String token = this.issuer.machineToken("write:appointments");
		assertRefused(delete(book(ACME, token), token), Reason.INSUFFICIENT_ROLE);
	}

	@Test
	void issuerSendsUserBackWhoDoesNotBelongToTheClinic() {
		assertThat(this.issuer.logIn("bob", "org_globex")).containsEntry("error", "access_denied")
			.doesNotContainKey("code");
	}

	@Test
	void showsUserHerIdentity() throws Exception {
		JsonNode me = json(get("/me", this.issuer.userTokens("alice", "org_globex").accessToken()));
		assertThat(me.at("/subject").asString()).isEqualTo("alice");
		assertThat(me.at("/caller").asString()).isEqualTo("USER");
		assertThat(me.at("/roles/0").asString()).isEqualTo("viewer");
		assertThat(me.at("/clinic/name").asString()).isEqualTo("Globex Clinic");
	}

	@Test
	void showsMachineItsIdentity() throws Exception {
		JsonNode me = json(get("/me", this.issuer.machineToken("read:appointments")));
		assertThat(me.at("/subject").asString()).isEqualTo("reminder-cron");
		assertThat(me.at("/caller").asString()).isEqualTo("MACHINE");
		assertThat(me.at("/scopes/0").asString()).isEqualTo("read:appointments");
		assertThat(me.at("/clinic/id").asString()).isEqualTo("org_acme");
	}

	@Test
	void answersBadInputWithProblem() throws Exception {
		HttpResponse<String> response = post(ACME, this.issuer.machineToken("write:appointments"), """
				{"patient": ""}""");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(json(response).get("errors").propertyNames()).containsExactly("patient", "startsAt");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness" })
	void letsPlatformProbeHealth(String probe) throws Exception {
		assertThat(send(request(probe)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/oauth2/token", "/oauth2/jwks", "/.well-known/openid-configuration" })
	void hasNothingOfAnIssuer(String path) throws Exception {
		assertRefused(send(request(path).header("Accept", "text/html")), Reason.MISSING_TOKEN);
	}

	@Test
	void keepsIssuersBeansOutOfTheApi() {
		assertThat(this.api.getBeanNamesForType(RegisteredClientRepository.class)).isEmpty();
		assertThat(this.api.getBeanNamesForType(JWKSource.class)).isEmpty();
		assertThat(this.api.getBeanNamesForType(UserDetailsService.class)).isEmpty();
		assertThat(this.api.getBeanNamesForType(JwtDecoder.class)).hasSize(1);
		assertThat(this.api.getBeanNamesForType(SecurityFilterChain.class)).hasSize(1);
	}

	@Test
	void printsLinesThatWork(CapturedOutput output) throws Exception {
		Matcher first = Pattern.compile(
				"^TOKEN=\\$\\(curl -s -u (\\S+):(\\S+) -d grant_type=client_credentials -d scope=(\\S+) (\\S+)/oauth2/token",
				Pattern.MULTILINE)
			.matcher(output.getAll());
		Matcher second = Pattern.compile("^curl -i -H \"Authorization: Bearer \\$TOKEN\" (\\S+)$", Pattern.MULTILINE)
			.matcher(output.getAll());
		assertThat(first.find()).isTrue();
		assertThat(second.find()).isTrue();
		String token = new IssuerClient(first.group(4)).machineToken(first.group(1), first.group(2), first.group(3));
		HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(second.group(1)))
			.header("Authorization", "Bearer " + token);
		assertThat(send(call).statusCode()).isEqualTo(200);
	}

	private String book(String path, String token) throws Exception {
		HttpResponse<String> response = post(path, token, BOOKING);
		assertThat(response.statusCode()).isEqualTo(201);
		String location = response.headers().firstValue("Location").orElseThrow();
		assertThat(location).startsWith(path + "/");
		assertThat(UUID.fromString(location.substring(path.length() + 1))).isNotNull();
		return location;
	}

	private HttpResponse<String> get(String path, String token) throws Exception {
		return send(request(path).header("Authorization", "Bearer " + token));
	}

	private HttpResponse<String> delete(String path, String token) throws Exception {
		return send(request(path).header("Authorization", "Bearer " + token).DELETE());
	}

	private HttpResponse<String> post(String path, String token, String body) throws Exception {
		return send(request(path).header("Authorization", "Bearer " + token)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
		assertThat(response.headers().allValues("Set-Cookie")).as("no answer of the API sets a cookie").isEmpty();
		return response;
	}

	private static void assertRefused(HttpResponse<String> response, Reason reason) {
		assertThatResponse(response).isRefusedWith(reason);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	private static String challenge(HttpResponse<String> response) {
		return response.headers().firstValue("WWW-Authenticate").orElseThrow();
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JsonMapper.shared().readTree(response.body());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ClockConfiguration {

		/** The API's alone: the issuer lives in a context of its own. */
		@Bean(AuthStarterAutoConfiguration.CLOCK)
		SettableClock clock() {
			return new SettableClock();
		}

	}

}
