package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Front ends that sign test users in, and machines, over HTTP.
 */
@ExtendWith(OutputCaptureExtension.class)
class SignInTests {

	private static final String CALLBACK = "http://localhost:5173/callback";

	/** RFC 7636 appendix B. */
	private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private static final ShiftedClock CLOCK = new ShiftedClock();

	private static ConfigurableApplicationContext application;

	private static URI issuer;

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		application = run("--local-issuer.redirect-uris=" + CALLBACK + ",http://127.0.0.1:4200/?app=1",
				"--local-issuer.users.alice.scopes=read:notes,write:notes", "--local-issuer.users.alice.roles=editor",
				"--local-issuer.users.alice.organization=org_acme", "--local-issuer.users.alice.subject=auth0|42",
				"--local-issuer.users.bob.roles=viewer", "--local-issuer.users[<b>\"x'&].scopes=read:notes",
				"--local-issuer.clients.cron.secret=s3cret", "--local-issuer.clients.cron.scopes=read:notes");
		issuer = URI.create(application.getBean(TestIssuer.class).issuer());
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void frontEndGetsTokenThatTheApplicationAccepts() throws Exception {
		String page = get(authorize()).body();
		assertThat(page).contains("name=\"user\" value=\"alice\"", "org_acme, editor", "name=\"user\" value=\"bob\"",
				"<code>web</code>", "<code>" + CALLBACK + "</code>", "name=\"state\" value=\"s &amp; t\"");
		Map<String, String> result = query(signIn("alice"));
		assertThat(result).containsOnlyKeys("code", "state", "iss")
			.containsEntry("state", "s & t")
			.containsEntry("iss", issuer.toString());
		HttpResponse<String> response = trade(result.getOrDefault("code", ""));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
		Map<String, Object> answer = JSONObjectUtils.parse(response.body());
		assertThat(answer).containsEntry("token_type", "Bearer").containsEntry("scope", "openid read:notes");
		JWTClaimsSet token = claims(answer, "access_token");
		assertThat(token.getClaims()).containsEntry("sub", "auth0|42")
			.containsEntry("client_id", "web")
			.containsEntry("org_id", "org_acme")
			.containsEntry("scope", "openid read:notes");
		assertThat(token.getStringListClaim("roles")).containsExactly("editor");
		assertThat(call(String.valueOf(answer.get("access_token")))).isEqualTo(200);
		JWTClaimsSet idToken = claims(answer, "id_token");
		assertThat(idToken.getAudience()).containsExactly("web");
		assertThat(idToken.getClaims()).containsEntry("nonce", "n-1")
			.containsEntry("iss", issuer.toString())
			.containsEntry("sub", "auth0|42")
			.doesNotContainKeys("scope", "at_hash");
		assertThat(call(String.valueOf(answer.get("id_token")))).isEqualTo(401);
	}

	@Test
	void withoutOpenidThereIsNoIdToken() throws Exception {
		String location = signIn("alice", "scope", "read:notes", "nonce", null, "state", null);
		assertThat(query(location)).containsOnlyKeys("code", "iss");
		Map<String, Object> answer = JSONObjectUtils.parse(trade(query(location).getOrDefault("code", "")).body());
		assertThat(answer).doesNotContainKey("id_token").containsEntry("scope", "read:notes");
	}

	@Test
	void grantsWhatTheUserMayGrant() throws Exception {
		assertThat(scope("alice", "read:notes delete:notes")).isEqualTo("read:notes");
		assertThat(scope("alice", null)).isEqualTo("read:notes write:notes");
		assertThat(scope("bob", "delete:notes")).isEqualTo("delete:notes");
		assertThat(scope("bob", null)).isNull();
		assertThat(query(signIn("alice", "scope", "delete:notes"))).containsEntry("error", "invalid_scope");
	}

	private @Nullable Object scope(String user, @Nullable String requested) throws Exception {
		String code = query(signIn(user, "scope", requested)).getOrDefault("code", "");
		return JSONObjectUtils.parse(trade(code).body()).get("scope");
	}

	@Test
	void userMayRefuse() throws Exception {
		assertThat(query(signIn(null))).containsEntry("error", "access_denied").containsEntry("state", "s & t");
		HttpResponse<String> unknown = login("mallory");
		assertThat(unknown.statusCode()).isEqualTo(400);
		assertThat(unknown.headers().firstValue("Location")).isEmpty();
	}

	@Test
	void codeIsGoodOnce() throws Exception {
		String code = code();
		assertThat(trade(code).statusCode()).isEqualTo(200);
		assertThat(error(trade(code))).isEqualTo("invalid_grant");
		assertThat(error(trade("x"))).isEqualTo("invalid_grant");
		assertThat(error(trade(""))).isEqualTo("invalid_grant");
	}

	@Test
	void codeIsGoodOnceHoweverManyTryAtOnce() throws Exception {
		String code = code();
		String form = tradeForm(code);
		List<Integer> statuses = IntStream.range(0, 8)
			.mapToObj((i) -> this.http.sendAsync(tokenRequest(form), BodyHandlers.discarding()))
			.toList()
			.stream()
			.map((response) -> response.join().statusCode())
			.toList();
		assertThat(statuses).containsOnlyOnce(200).hasSize(8);
	}

	@Test
	void codeEndsAfterAMinute() throws Exception {
		String early = code();
		String late = code();
		try {
			CLOCK.shift = Duration.ofSeconds(59);
			assertThat(trade(early).statusCode()).isEqualTo(200);
			CLOCK.shift = Duration.ofSeconds(61);
			assertThat(error(trade(late))).isEqualTo("invalid_grant");
		}
		finally {
			CLOCK.shift = Duration.ZERO;
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null",
			value = { "code_verifier,null", "code_verifier,''",
					"code_verifier,E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
					"code_verifier,dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl", "redirect_uri,null",
					"redirect_uri,http://127.0.0.1:4200/?app=1", "redirect_uri,http://localhost:5173/callback/",
					"client_id,null", "client_id,other", "code,null" })
	void refusesCodeOfAnother(String name, @Nullable String value) throws Exception {
		String code = code();
		assertThat(error(trade(code, name, value))).isEqualTo("invalid_grant");
		// It is gone nevertheless, unless it was not sent.
		assertThat(trade(code).statusCode()).isEqualTo(name.equals("code") ? 200 : 400);
	}

	@Test
	void refusesShortAndLongVerifier() throws Exception {
		for (String verifier : List.of("a".repeat(42), "a".repeat(129), "a".repeat(42) + "+")) {
			String challenge = Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(
						MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
			String code = query(signIn("alice", "code_challenge", challenge)).getOrDefault("code", "");
			assertThat(code).isNotEmpty();
			assertThat(error(trade(code, "code_verifier", verifier))).isEqualTo("invalid_grant");
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "null", value = { "code_challenge_method,plain,invalid_request",
			"code_challenge_method,null,invalid_request", "code_challenge_method,s256,invalid_request",
			"code_challenge,null,invalid_request", "code_challenge,short,invalid_request",
			"code_challenge,E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM=,invalid_request",
			"response_type,token,unsupported_response_type", "response_type,null,unsupported_response_type",
			"response_type,code id_token,unsupported_response_type", "response_mode,fragment,invalid_request",
			"response_mode,form_post,invalid_request", "prompt,none,login_required", "request,x,request_not_supported",
			"request_uri,https://evil.example/r,request_uri_not_supported", "audience,https://other,invalid_target",
			"resource,https://other,invalid_target", "scope,a\"b,invalid_scope" })
	void reportsErrorsToTheFrontEnd(String name, @Nullable String value, String error) throws Exception {
		HttpResponse<String> asked = get(authorize(name, value));
		assertThat(asked.statusCode()).isEqualTo(303);
		assertThat(query(location(asked))).containsEntry("error", error)
			.containsEntry("state", "s & t")
			.containsEntry("iss", issuer.toString());
		assertThat(query(signIn("alice", name, value))).containsEntry("error", error).doesNotContainKey("code");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "https://evil.example/", "http://localhost:5173/callback/", "http://localhost:5173/",
			"http://localhost:5173/callback?x=1", "http://localhost:5173/callback#x", "http://LOCALHOST:5173/callback",
			"http://localhost:5173/callback/../x", "http://localhost:5173/%63allback", "http://127.0.0.1:5173/callback",
			"http://localhost:5173@evil.example/callback", "http://localhost:5173.evil.example/callback",
			"//localhost:5173/callback", "javascript:alert(1)", "http://localhost:5173/callback\r\nX: y",
			" http://localhost:5173/callback", "http://localhost:5173/callback,http://127.0.0.1:4200/?app=1" })
	void redirectsToNoOtherAddress(String redirectUri) throws Exception {
		for (HttpResponse<String> answer : List.of(get(authorize("redirect_uri", redirectUri)),
				login("alice", "redirect_uri", redirectUri),
				login(null, "redirect_uri", redirectUri, "response_type", "token"))) {
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(answer.headers().firstValue("Location")).isEmpty();
			assertThat(answer.body()).contains("role=\"alert\"").doesNotContain("evil.example", "javascript");
		}
	}

	@Test
	void keepsTheQueryOfTheRedirectUri() throws Exception {
		assertThat(signIn("alice", "redirect_uri", "http://127.0.0.1:4200/?app=1"))
			.startsWith("http://127.0.0.1:4200/?app=1&code=");
	}

	@Test
	void parametersStandOnce() throws Exception {
		for (String name : List.of("client_id", "redirect_uri", "state", "code_challenge", "scope")) {
			HttpResponse<String> twice = get(authorize() + "&" + name + "=x");
			assertThat(twice.statusCode()).isEqualTo(400);
			assertThat(twice.headers().firstValue("Location")).isEmpty();
		}
		String code = code();
		HttpResponse<String> twice = this.http.send(tokenRequest(tradeForm(code) + "&code_verifier=x"),
				BodyHandlers.ofString());
		assertThat(error(twice)).isEqualTo("invalid_request");
	}

	@Test
	void valuesAreTextOnThePage() throws Exception {
		String attack = "\"><script>alert(1)</script>'&";
		String page = get(authorize("client_id", attack, "state", attack, "nonce", attack, "scope", "a<script>"))
			.body();
		assertThat(page).doesNotContain("<script", "<b>")
			.contains("value=\"&lt;b&gt;&quot;x&#39;&amp;\"", "name=\"state\" value=\"&quot;&gt;&lt;script&gt;");
		assertThat(query(signIn("<b>\"x'&", "state", attack))).containsEntry("state", attack).containsKey("code");
	}

	@Test
	void refusesWhatIsTooLongOrCannotBePrinted() throws Exception {
		for (String value : List.of("x".repeat(2049), "a\u0000b", "a\r\nSet-Cookie: x=y")) {
			HttpResponse<String> answer = get(authorize("state", value));
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(answer.headers().firstValue("Location")).isEmpty();
			assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
		}
		assertThat(get(authorize("client_id", null)).statusCode()).isEqualTo(400);
		assertThat(login("alice", "state", "x".repeat(70_000)).statusCode()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin: https://evil.example", "Origin: null", "Origin: http://localhost:5173",
			"Origin: {issuer}\r\nSec-Fetch-Site: cross-site", "X-None: x" })
	void noOtherPageSignsIn(String headers) throws Exception {
		String form = form(parameters()) + "&user=alice";
		assertThat(raw(
				"POST /login HTTP/1.1\r\nHost: %s\r\n%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
					.formatted(issuer.getAuthority(), headers.replace("{issuer}", issuer.toString()), form.length(),
							form)))
			.startsWith("HTTP/1.1 403 ")
			.doesNotContain("code=");
	}

	@ParameterizedTest
	@CsvSource({ "HEAD,/authorize", "POST,/authorize", "PUT,/authorize", "TRACE,/authorize", "GET,/login",
			"HEAD,/login", "PUT,/login", "OPTIONS,/login", "GET,/token", "HEAD,/token", "PUT,/token", "TRACE,/token" })
	void takesNoOtherMethod(String method, String path) throws Exception {
		assertThat(raw("%s %s?%s HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n\r\n".formatted(method,
				path, form(parameters()) + "&user=alice", issuer.getAuthority(), issuer)))
			.startsWith("HTTP/1.1 405 ")
			.doesNotContain("code=");
	}

	@Test
	void pageMayRedirectToFrontEndsAndIsInNoFrame() throws Exception {
		HttpResponse<String> page = get(authorize());
		assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'; ")
			.contains("frame-ancestors 'none'", "form-action 'self' ", " http://localhost:5173",
					" http://127.0.0.1:4200");
		assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
		assertThat(login("alice").headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
	}

	@Test
	void pagesOfFrontEndsReadTokensAndMetadata() throws Exception {
		for (String path : List.of("/token", "/jwks", "/.well-known/openid-configuration",
				"/.well-known/oauth-authorization-server")) {
			for (String origin : List.of("http://localhost:5173", "http://127.0.0.1:4200")) {
				assertThat(cors("OPTIONS", path, origin)).isEqualTo(origin);
				assertThat(cors("POST", path, origin)).isEqualTo(origin);
			}
			for (String origin : List.of("http://localhost:8080", "https://evil.example", "null",
					"https://localhost:5173", "http://localhost:5173.evil.example")) {
				assertThat(cors("OPTIONS", path, origin)).isEmpty();
				assertThat(cors("POST", path, origin)).isEmpty();
			}
		}
		for (String path : List.of("/", "/authorize", "/login", "/introspect", "/page.css")) {
			assertThat(cors("OPTIONS", path, "http://localhost:5173")).isEmpty();
			assertThat(cors("GET", path, "http://localhost:5173")).isEmpty();
		}
	}

	private String cors(String method, String path, String origin) throws Exception {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(issuer.resolve(path))
			.header("Origin", origin)
			.method(method, BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
		assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
		return response.headers().firstValue("Access-Control-Allow-Origin").orElse("");
	}

	@Test
	void metadataAnnounceWhatThereIs() throws Exception {
		Map<String, Object> metadata = JSONObjectUtils.parse(get(issuer + "/.well-known/openid-configuration").body());
		assertThat(metadata).containsEntry("authorization_endpoint", issuer + "/authorize")
			.containsEntry("code_challenge_methods_supported", List.of("S256"))
			.containsEntry("authorization_response_iss_parameter_supported", true)
			.containsEntry("grant_types_supported", List.of("authorization_code", "client_credentials"));
		try (ConfigurableApplicationContext other = run()) {
			String without = other.getBean(TestIssuer.class).issuer();
			assertThat(JSONObjectUtils.parse(get(without + "/.well-known/openid-configuration").body()))
				.doesNotContainKeys("authorization_endpoint", "code_challenge_methods_supported",
						"authorization_response_iss_parameter_supported")
				.containsEntry("grant_types_supported", List.of("client_credentials"));
			assertThat(get(without + "/authorize?" + form(parameters())).statusCode()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://localhost:5173/", "http://app.example/", "http://[::1]:5173/",
			"http://localhost:5173", "http://localhost:5173/#x", "http://x@localhost:5173/", "com.acme:/callback",
			"http://localhost:x/", "/callback", "http://localhost:5173/ä" })
	void redirectUrisAreOfThisMachine(String redirectUri, CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> run("--local-issuer.users.a.roles=x", "--local-issuer.redirect-uris=" + redirectUri));
		assertThat(output).contains("'local-issuer.redirect-uris'", "It must be http://localhost:<port>/<path>");
	}

	@Test
	void redirectUrisNeedUsers(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("--local-issuer.redirect-uris=" + CALLBACK));
		assertThat(output).contains("It needs 'local-issuer.users'");
	}

	@ParameterizedTest
	@CsvSource({ "local-issuer.clients.cron.scopes=x,local-issuer.clients.cron.secret,A client needs a secret.",
			"local-issuer.users.a.organization-roles=x,local-issuer.users.a.organization-roles,Roles in an organization need" })
	void usersAndClientsAreComplete(String argument, String property, String reason, CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("--" + argument));
		assertThat(output).contains("'" + property + "'", reason);
	}

	@Test
	void machineGetsTokenByClientCredentials() throws Exception {
		for (boolean basic : List.of(true, false)) {
			Map<String, Object> answer = JSONObjectUtils
				.parse(machine(basic, "cron", "s3cret", "scope", "read:notes write:notes").body());
			assertThat(answer).containsEntry("scope", "read:notes");
			assertThat(claims(answer, "access_token").getClaims()).containsEntry("sub", "cron")
				.containsEntry("client_id", "cron");
			assertThat(call(String.valueOf(answer.get("access_token")))).isEqualTo(200);
		}
		assertThat(machine(true, "cron", "s3cret").statusCode()).isEqualTo(200);
	}

	@Test
	void refusesOtherMachines() throws Exception {
		for (boolean basic : List.of(true, false)) {
			assertThat(error(machine(basic, "cron", "s3cre"))).isEqualTo("invalid_client");
			assertThat(error(machine(basic, "cron", ""))).isEqualTo("invalid_client");
			assertThat(error(machine(basic, "other", "s3cret"))).isEqualTo("invalid_client");
			assertThat(error(machine(basic, "alice", ""))).isEqualTo("invalid_client");
		}
		assertThat(error(machine(true, "cron", "s3cret", "scope", "write:notes"))).isEqualTo("invalid_scope");
		assertThat(error(machine(true, "cron", "s3cret", "audience", "https://other"))).isEqualTo("invalid_target");
		assertThat(error(machine(true, "cron", "s3cret", "grant_type", "password")))
			.isEqualTo("unsupported_grant_type");
	}

	private HttpResponse<String> machine(boolean basic, String id, String secret, String... more) throws Exception {
		Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
		HttpRequest.Builder request = HttpRequest.newBuilder(issuer.resolve("/token"));
		if (basic) {
			request.header("Authorization", "Basic "
					+ Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8)));
		}
		else {
			form.put("client_id", id);
			form.put("client_secret", secret);
		}
		change(form, more);
		return this.http.send(request.POST(BodyPublishers.ofString(form(form))).build(), BodyHandlers.ofString());
	}

	private static Map<String, String> parameters(@Nullable String... changes) {
		Map<String, String> parameters = new LinkedHashMap<>(Map.of("response_type", "code", "client_id", "web",
				"redirect_uri", CALLBACK, "scope", "openid read:notes", "state", "s & t", "nonce", "n-1",
				"code_challenge", CHALLENGE, "code_challenge_method", "S256"));
		return change(parameters, changes);
	}

	private static Map<String, String> change(Map<String, String> parameters, @Nullable String... changes) {
		for (int i = 0; i < changes.length; i += 2) {
			String name = String.valueOf(changes[i]);
			String value = changes[i + 1];
			parameters.remove(name);
			if (value != null) {
				parameters.put(name, value);
			}
		}
		return parameters;
	}

	private static String authorize(@Nullable String... changes) {
		return issuer + "/authorize?" + form(parameters(changes));
	}

	private HttpResponse<String> login(@Nullable String user, @Nullable String... changes) throws Exception {
		Map<String, String> form = parameters(changes);
		if (user != null) {
			form.put("user", user);
		}
		return this.http.send(HttpRequest.newBuilder(issuer.resolve("/login"))
			.header("Origin", issuer.toString())
			.POST(BodyPublishers.ofString(form(form)))
			.build(), BodyHandlers.ofString());
	}

	private String signIn(@Nullable String user, @Nullable String... changes) throws Exception {
		HttpResponse<String> answer = login(user, changes);
		assertThat(answer.statusCode()).isEqualTo(303);
		return location(answer);
	}

	private String code() throws Exception {
		return query(signIn("alice")).getOrDefault("code", "");
	}

	private static String location(HttpResponse<?> response) {
		return response.headers().firstValue("Location").orElse("");
	}

	private static String tradeForm(String code, @Nullable String... changes) {
		return form(change(new LinkedHashMap<>(Map.of("grant_type", "authorization_code", "code", code, "client_id",
				"web", "redirect_uri", CALLBACK, "code_verifier", VERIFIER)), changes));
	}

	private HttpResponse<String> trade(String code, @Nullable String... changes) throws Exception {
		return this.http.send(tokenRequest(tradeForm(code, changes)), BodyHandlers.ofString());
	}

	private static HttpRequest tokenRequest(String form) {
		return HttpRequest.newBuilder(issuer.resolve("/token")).POST(BodyPublishers.ofString(form)).build();
	}

	private static String error(HttpResponse<String> response) throws Exception {
		assertThat(response.statusCode()).isIn(400, 401);
		return String.valueOf(JSONObjectUtils.parse(response.body()).get("error"));
	}

	private static JWTClaimsSet claims(Map<String, Object> answer, String name) throws Exception {
		return SignedJWT.parse(String.valueOf(answer.get(name))).getJWTClaimsSet();
	}

	private HttpResponse<String> get(String uri) throws Exception {
		return this.http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
	}

	private int call(String token) throws Exception {
		URI notes = URI.create(
				"http://localhost:%s/notes".formatted(application.getEnvironment().getProperty("local.server.port")));
		return this.http
			.send(HttpRequest.newBuilder(notes).header("Authorization", "Bearer " + token).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private static Map<String, String> query(String uri) {
		return Arrays.stream(URI.create(uri).getRawQuery().split("&", -1))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	private static String form(Map<String, String> parameters) {
		return parameters.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	private static String raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), issuer.getPort())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private static ConfigurableApplicationContext run(String... more) {
		String[] args = Stream.concat(Stream.of("--server.port=0"), Arrays.stream(more)).toArray(String[]::new);
		return SpringApplication
			.from((all) -> new SpringApplicationBuilder(AutoConfiguredIssuerTests.NotesApplication.class, Time.class)
				.run(all))
			.with(LocalIssuer.class)
			.run(args)
			.getApplicationContext();
	}

	@Configuration(proxyBeanMethods = false)
	static class Time {

		@Bean(AuthStarterAutoConfiguration.CLOCK)
		Clock authStarterClock() {
			return CLOCK;
		}

	}

	private static final class ShiftedClock extends Clock {

		private volatile Duration shift = Duration.ZERO;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Clock.systemUTC().instant().plus(this.shift);
		}

	}

}
