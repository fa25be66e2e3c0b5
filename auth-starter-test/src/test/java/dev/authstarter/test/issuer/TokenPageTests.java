package dev.authstarter.test.issuer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that issues tokens, over HTTP.
 */
class TokenPageTests {

	private static final Pattern COPIED = Pattern.compile("<pre class=\"copy\" tabindex=\"0\">(.*?)</pre>",
			Pattern.DOTALL);

	private static final String NOTES = "GET /organizations/{organizationId}/notes";

	private static ConfigurableApplicationContext application;

	private static URI issuer;

	private static String early = "";

	private final HttpClient http = HttpClient.newHttpClient();

	@BeforeAll
	static void start() {
		application = SpringApplication.from(TokenPageTests::run)
			.with(LocalIssuer.class)
			.run("--server.port=0")
			.getApplicationContext();
		issuer = URI.create(application.getBean(TestIssuer.class).issuer());
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void offersWhatHandlersAskFor() throws Exception {
		String page = get("/").body();
		assertThat(page).contains("<option value=\"GET /organizations/{organizationId}/notes\"",
				"name=\"scope\" value=\"read:notes\"", "name=\"scope\" value=\"write:notes\"",
				"name=\"role\" value=\"editor\"", "name=\"organization-role\" value=\"editor\"",
				"<option value=\"org_local\">");
	}

	@Test
	void fillsInTheFirstCallIfNoneWasChosen() throws Exception {
		String page = get("/").body();
		Matcher first = Pattern.compile("<option value=\"([^\"]*)\" selected>").matcher(page);
		assertThat(first.find()).isTrue();
		assertThat(page).contains("<input type=\"hidden\" name=\"call\" value=\"" + first.group(1) + "\">")
			.isEqualTo(get("/?call=" + encode(HtmlUtils.htmlUnescape(first.group(1)))).body());
	}

	@Test
	void fillsInWhatTheCallAsksFor() throws Exception {
		String page = get("/?call=" + encode("GET /organizations/{organizationId}/notes")).body();
		assertThat(page).contains("<option value=\"GET /organizations/{organizationId}/notes\" selected>",
				"name=\"scope\" value=\"read:notes\" checked>", "name=\"scope\" value=\"write:notes\">",
				"name=\"organization\" maxlength=\"200\" list=\"organizations\" autocomplete=\"off\" value=\"org_local\">",
				"name=\"organization-role\" value=\"editor\" checked>", "name=\"role\" value=\"editor\">");
	}

	@Test
	void makesTokenThatTheApplicationAcceptsWithCurlLine() throws Exception {
		HttpResponse<String> page = post(form("call", NOTES, "subject", "auth0|42", "scope", "read:notes",
				"organization", "org_acme", "organization-role", "editor", "lifetime", "PT8H"));
		assertThat(page.statusCode()).isEqualTo(200);
		Matcher copied = COPIED.matcher(page.body());
		assertThat(copied.find()).isTrue();
		String token = copied.group(1);
		JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
		assertThat(claims.getSubject()).isEqualTo("auth0|42");
		assertThat(claims.getStringClaim("scope")).isEqualTo("read:notes");
		assertThat(claims.getExpirationTime().toInstant()).isBetween(
				claims.getIssueTime().toInstant().plusSeconds(8 * 3600 - 5),
				claims.getIssueTime().toInstant().plusSeconds(8 * 3600 + 5));
		assertThat(copied.find()).isTrue();
		String origin = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
		assertThat(HtmlUtils.htmlUnescape(copied.group(1))).isEqualTo(
				"curl -i -H 'Authorization: Bearer " + token + "' '" + origin + "/organizations/org_acme/notes'");
		assertThat(call(origin + "/organizations/org_acme/notes", token)).isEqualTo(200);
		assertThat(call(origin + "/organizations/org_globex/notes", token)).isEqualTo(403);
	}

	@Test
	void makesTokenOfMachineWithValuesOfItsOwn() throws Exception {
		JWTClaimsSet claims = token(post(form("caller", "machine", "subject", "cron", "more-scope", "a:b,  c:d",
				"more-role", "x", "more-permission", "y z", "lifetime", "PT1M")));
		assertThat(claims.getSubject()).isEqualTo("cron");
		assertThat(claims.getClaims()).containsEntry("client_id", "cron").containsEntry("scope", "a:b c:d");
		assertThat(claims.getStringListClaim("roles")).containsExactly("x");
		assertThat(claims.getStringListClaim("permissions")).containsExactly("y", "z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT9H", "", "PT1000000H", "-PT1H" })
	void refusesOtherLifetimes(String lifetime) throws Exception {
		assertThat(refusal(form("lifetime", lifetime)))
			.isEqualTo("The lifetime of the token is not one of the " + "choices.");
	}

	@Test
	void refusesValuesThatNoTokenHolds() throws Exception {
		assertThat(refusal(form("subject", "a\u0000b", "lifetime", "PT1H"))).startsWith("A value has more than 200");
		assertThat(refusal(form("scope", "a\r\nb", "lifetime", "PT1H"))).startsWith("A value has more than 200");
		assertThat(refusal(form("more-scope", "x".repeat(201), "lifetime", "PT1H")))
			.startsWith("A value has more than 200");
		assertThat(refusal(form("more-scope", numbers(101), "lifetime", "PT1H")))
			.isEqualTo("There are more than 100 values.");
		assertThat(refusal(form("organization-role", "editor", "lifetime", "PT1H")))
			.isEqualTo("Roles in an organization need the organization.");
		assertThat(post(form("more-scope", "x".repeat(70_000), "lifetime", "PT1H")).statusCode()).isEqualTo(413);
	}

	private static String numbers(int count) {
		return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(" "));
	}

	@Test
	void valuesAreTextOnThePage() throws Exception {
		String attack = "\"><script>alert(1)</script>'&";
		HttpResponse<String> page = post(
				form("call", attack, "subject", attack, "scope", attack, "more-role", attack, "permission", attack,
						"organization", attack, "organization-role", attack, "actor", attack, "lifetime", "PT1H"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("<script").contains("value=\"&quot;&gt;&lt;script&gt;alert(1)");
		assertThat(get("/?call=" + encode(attack)).body()).doesNotContain("<script");
		assertThat(refusal(form("lifetime", attack))).doesNotContain("script");
	}

	@Test
	void organizationIsOneWordForTheShell() throws Exception {
		HttpResponse<String> page = post(
				form("call", NOTES, "organization", "x'; id; echo '$(id)`id`", "lifetime", "PT1H"));
		Matcher copied = COPIED.matcher(page.body());
		assertThat(copied.find()).isTrue();
		assertThat(copied.find()).isTrue();
		Process shell = new ProcessBuilder("sh", "-c",
				"curl() { for word; do :; done; printf %s \"$word\"; }\n" + HtmlUtils.htmlUnescape(copied.group(1)))
			.redirectErrorStream(true)
			.start();
		try (InputStream output = shell.getInputStream()) {
			assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8)).startsWith("http://localhost:")
				.endsWith("/organizations/x%27%3B%20id%3B%20echo%20%27%24%28id%29%60id%60/notes");
		}
	}

	@Test
	void pageIsForNoOtherSite() throws Exception {
		for (HttpResponse<String> page : List.of(get("/"), post(form("lifetime", "PT1H")),
				post(form("lifetime", "never")))) {
			HttpHeaders headers = page.headers();
			assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
			assertThat(headers.firstValue("Content-Security-Policy")).hasValue(
					"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
			assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
			assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
			assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).hasValue("same-origin");
			assertThat(headers.firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
			assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
			assertThat(headers.map().keySet()).noneMatch((name) -> name.startsWith("access-control"));
		}
		assertThat(get("/page.css").headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Origin: null", "Origin: https://evil.example", "Origin: http://localhost",
			"Origin: http://localhost:1", "Origin: http://127.0.0.1:{port}", "Origin: https://localhost:{port}",
			"Origin: http://localhost:{port}.evil.example", "Origin: http://localhost:{port}/",
			"Origin: http://localhost:{port}\r\nOrigin: http://localhost:{port}",
			"Origin: http://localhost:{port}\r\nSec-Fetch-Site: cross-site",
			"Origin: http://localhost:{port}\r\nSec-Fetch-Site: same-site",
			"Origin: http://localhost:{port}\r\nSec-Fetch-Site: none",
			"Origin: http://localhost:{port}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site" })
	void refusesFormOfAnotherPage(String headers) throws Exception {
		String answer = send("POST", "localhost:" + issuer.getPort(), headers.replace("{port}", "" + issuer.getPort()));
		assertThat(answer).startsWith("HTTP/1.1 403 ").doesNotContain("eyJ", "Access-Control");
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "LOCALHOST:{port}", "localhost" })
	void answersToThisMachine(String host) throws Exception {
		String named = host.replace("{port}", "" + issuer.getPort());
		assertThat(send("POST", named, "Origin: http://" + named + "\r\nSec-Fetch-Site: same-origin"))
			.startsWith("HTTP/1.1 200 ")
			.contains("eyJ");
	}

	/** A name of another site that resolves to this machine (DNS rebinding). */
	@ParameterizedTest
	@ValueSource(strings = { "evil.example", "evil.example:{port}", "localhost.evil.example:{port}",
			"127.0.0.1.nip.io:{port}", "localhost:{port}\r\nHost: evil.example", "localhost:{port}@evil.example", "",
			"[::1].evil.example:{port}", "[::ffff:127.0.0.1]:{port}", "localhost:", "localhost:x", "127.1:{port}" })
	void refusesOtherHostEverywhere(String host) throws Exception {
		String named = host.replace("{port}", "" + issuer.getPort());
		for (String path : List.of("/", "/page.css", "/jwks", "/token", "/.well-known/openid-configuration")) {
			assertThat(raw("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, named)))
				.matches("(?s)HTTP/1.1 4(21|00) .*")
				.doesNotContain("<main>", "keys", "jwks_uri");
		}
		assertThat(send("POST", named, "Origin: http://" + named)).matches("(?s)HTTP/1.1 4(21|00) .*")
			.doesNotContain("eyJ");
		assertThat(raw("GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 421 ");
	}

	@Test
	void refusesOtherHostBeforeTheApplicationIsReady() {
		assertThat(early).startsWith("HTTP/1.1 421 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW" })
	void takesNoOtherMethod(String method) throws Exception {
		String host = "localhost:" + issuer.getPort();
		assertThat(send(method, host, "Origin: http://" + host)).startsWith("HTTP/1.1 405 ")
			.contains("Allow: GET, POST")
			.doesNotContain("Access-Control", "lifetime");
	}

	/** The issuer of tests has nothing to choose from. */
	@Test
	void issuerOfTestsHasNoPage() throws Exception {
		try (TestIssuer other = TestIssuer.start()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(other.issuer() + "/")).build();
			assertThat(this.http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(404);
		}
	}

	private static String send(String method, String host, String headers) throws IOException {
		String form = "lifetime=PT1H";
		return raw(
				"%s / HTTP/1.1\r\nHost: %s\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
					.formatted(method, host, headers.isEmpty() ? "" : headers + "\r\n", form.length(), form));
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(URI.create(issuer + path)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String form) throws IOException, InterruptedException {
		return post(form, "Origin", issuer.toString());
	}

	private HttpResponse<String> post(String form, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(issuer.resolve("/"))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form));
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private String refusal(String form) throws IOException, InterruptedException {
		HttpResponse<String> page = post(form);
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).doesNotContain("class=\"copy\"");
		Matcher problem = Pattern.compile("role=\"alert\">(.*?)</p>").matcher(page.body());
		assertThat(problem.find()).isTrue();
		return problem.group(1);
	}

	private static JWTClaimsSet token(HttpResponse<String> page) throws Exception {
		Matcher copied = COPIED.matcher(page.body());
		assertThat(copied.find()).isTrue();
		return SignedJWT.parse(copied.group(1)).getJWTClaimsSet();
	}

	private int call(String uri, String token) throws IOException, InterruptedException {
		return this.http
			.send(HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token).build(),
					BodyHandlers.discarding())
			.statusCode();
	}

	private static String form(String... pairs) {
		Map<String, String> form = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			form.put(pairs[i], pairs[i + 1]);
		}
		return form.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "=" + encode(entry.getValue()))
			.collect(Collectors.joining("&"));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/** Send what no client of the JDK would. */
	private static String raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), issuer.getPort())) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private static void run(String[] args) {
		new SpringApplicationBuilder(AutoConfiguredIssuerTests.NotesApplication.class, OrganizationController.class,
				EarlyRequest.class)
			.run(args);
	}

	@RestController
	static class OrganizationController {

		@GetMapping("/organizations/{organizationId}/notes")
		@RequiresScope("read:notes")
		@RequiresRole("editor")
		String list(@PathVariable String organizationId, Organization organization) {
			return organization.id();
		}

		@GetMapping("/write")
		@RequiresScope("write:notes")
		void write() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EarlyRequest {

		@Bean
		static ApplicationRunner early(TestIssuer starting) {
			return (args) -> {
				issuer = URI.create(starting.issuer());
				early = raw("GET /jwks HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
			};
		}

	}

}
