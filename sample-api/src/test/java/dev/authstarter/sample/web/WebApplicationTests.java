package dev.authstarter.sample.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The web application in a browser without scripts, with the real issuer and API. Each
 * request to the API renews the access token, because {@code renew-before} is longer than
 * its lifetime. The path of the API is not that of the web application.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.web.renew-before=10m", "server.servlet.context-path=/api",
				"spring.datasource.url=jdbc:h2:mem:clinic-web" })
@ActiveProfiles("clinic-web")
class WebApplicationTests {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

	private static final Pattern CANCELLATION = Pattern.compile("action=\"(/appointments/[^\"]+)\"");

	private static final Pattern CLINIC = Pattern.compile("<a href=\"([^\"]+)\"><b>([^<]+)</b>");

	private final CookieManager cookies = new CookieManager();

	private final HttpClient browser = HttpClient.newBuilder()
		.cookieHandler(this.cookies)
		.followRedirects(Redirect.NORMAL)
		.build();

	@Autowired
	private SentTokens tokens;

	@Value("http://localhost:${sample.web.port}/")
	private URI home;

	@DynamicPropertySource
	static void ports(DynamicPropertyRegistry properties) {
		int issuer = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.issuer.port", () -> issuer);
		int web = TestSocketUtils.findAvailableTcpPort();
		properties.add("sample.web.port", () -> web);
	}

	@BeforeEach
	void forgetTokens() {
		this.tokens.sent().clear();
	}

	@Test
	void showsAppointmentsOfTheUsersClinic() throws Exception {
		HttpResponse<String> page = logIn("bob");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri()).hasAuthority(this.home.getAuthority()).hasPath("/");
		assertThat(page.body()).contains("<h1>Acme Clinic</h1>", "bob", "viewer", "/cancellation");
	}

	/** Browsers apply the directive to redirects after the form. */
	@Test
	void isReachedAfterTheLoginForm() throws Exception {
		HttpResponse<String> login = get(this.home);
		assertThat(login.headers().firstValue("Content-Security-Policy").orElseThrow())
			.containsPattern("form-action [^;]*http://" + this.home.getAuthority());
	}

	@Test
	void showsTheClinicThatTheUserHasChosen() throws Exception {
		HttpResponse<String> page = chooseClinic(logIn("alice"), "Globex Clinic");
		assertThat(page.body()).contains("<h1>Globex Clinic</h1>", "alice", "viewer");
	}

	@Test
	void booksAndCancelsForEditor() throws Exception {
		HttpResponse<String> page = chooseClinic(logIn("alice"), "Acme Clinic");
		page = post(page, "/appointments", Map.of("patient", "<i>{{csrf}}</i>", "startsAt", "2099-01-02T03:04"));
		assertThat(page.uri()).isEqualTo(this.home);
		assertThat(page.body()).contains("&lt;i&gt;{{csrf}}&lt;/i&gt;", "2 January 2099, 03:04 UTC");
		List<String> cancellations = CANCELLATION.matcher(page.body())
			.results()
			.map((found) -> found.group(1))
			.toList();
		page = post(page, cancellations.get(cancellations.size() - 1), Map.of());
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("/cancellation").doesNotContain("{{csrf}}");
	}

	@Test
	void showsWhyTheApiRefuses() throws Exception {
		HttpResponse<String> page = logIn("bob");
		Matcher cancellation = CANCELLATION.matcher(page.body());
		assertThat(cancellation.find()).isTrue();
		HttpResponse<String> refused = post(page, cancellation.group(1), Map.of());
		assertThat(refused.statusCode()).isEqualTo(403);
		assertThat(refused.body()).contains("The API answered 403", "role", "<h1>Acme Clinic</h1>");
	}

	@Test
	void saysWhatIsNoTime() throws Exception {
		HttpResponse<String> page = post(logIn("bob"), "/appointments", Map.of("patient", "Ann", "startsAt", "soon"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("This is not a time");
	}

	@Test
	void renewsAccessTokensAndKeepsThemOnTheServer() throws Exception {
		HttpResponse<String> page = logIn("bob");
		int before = this.tokens.sent().size();
		HttpResponse<String> again = get(this.home);
		assertThat(again.statusCode()).isEqualTo(200);
		assertThat(this.tokens.sent()).hasSizeGreaterThan(before).allMatch((value) -> value.startsWith("Bearer "));
		for (String value : this.tokens.sent()) {
			String token = value.substring("Bearer ".length());
			assertThat(page.body() + again.body() + page.headers() + again.headers()
					+ this.cookies.getCookieStore().getCookies())
				.doesNotContain(token);
		}
	}

	/** Each of them renews the tokens, and the issuer accepts a refresh token once. */
	@Test
	void answersConcurrentRequestsOfOneSession() throws Exception {
		HttpResponse<String> page = logIn("bob");
		String session = this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().equals("clinic-web-session"))
			.map((cookie) -> cookie.getName() + "=" + cookie.getValue())
			.findFirst()
			.orElseThrow();
		HttpRequest request = HttpRequest.newBuilder(this.home).header("Cookie", session).build();
		HttpClient withoutRedirects = HttpClient.newHttpClient();
		List<CompletableFuture<HttpResponse<String>>> answers = Stream
			.generate(() -> withoutRedirects.sendAsync(request, BodyHandlers.ofString()))
			.limit(6)
			.toList();
		assertThat(answers).allSatisfy((answer) -> assertThat(answer.get().statusCode()).isEqualTo(200));
		// The issuer ends its session for the newest ID token alone.
		post(page, "/logout", Map.of());
		assertThat(get(this.home).body()).contains("<h1>Log in</h1>");
	}

	@Test
	void refusesFormsOfOtherSites() throws Exception {
		logIn("bob");
		HttpResponse<String> response = this.browser.send(
				form(this.home.resolve("/appointments"), Map.of("patient", "Ann", "startsAt", "2099-01-02T03:04")),
				BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(403);
	}

	/** A form of a session that has expired, or whose cookie the browser has deleted. */
	@ParameterizedTest
	@ValueSource(strings = { "/appointments clinic-web-session=expired", "/appointments", "/logout" })
	void showsThePageAfterFormOfExpiredSession(String call) throws Exception {
		HttpResponse<String> page = logIn("bob");
		String path = call.split(" ", -1)[0];
		this.cookies.getCookieStore().removeAll();
		if (!path.equals(call)) {
			HttpCookie expired = HttpCookie.parse(call.substring(path.length() + 1)).get(0);
			expired.setPath("/");
			this.cookies.getCookieStore().add(this.home, expired);
		}
		HttpResponse<String> login = post(page, path, Map.of("patient", "Ann", "startsAt", "2099-01-02T03:04"));
		assertThat(login.uri().getPath()).isEqualTo("/login");
		page = post(login, "/login", Map.of("username", "bob", "password", "bob"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri()).isEqualTo(this.home);
	}

	@Test
	void answersErrorsBeforeTheLogin() throws Exception {
		assertThat(get(this.home.resolve("/none.css")).statusCode()).isEqualTo(404);
		HttpResponse<String> unknownClient = get(this.home.resolve("/oauth2/authorization/none"));
		assertThat(unknownClient.uri()).hasPath("/oauth2/authorization/none");
	}

	@Test
	void showsThePageAfterLoginThatBeganElsewhere() throws Exception {
		HttpResponse<String> login = get(this.home.resolve("/error"));
		HttpResponse<String> page = post(login, "/login", Map.of("username", "bob", "password", "bob"));
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.uri()).isEqualTo(this.home);
		assertThat(get(this.home.resolve("/error")).statusCode()).isEqualTo(403);
	}

	@Test
	void keepsSessionsOutOfAddresses() throws Exception {
		URI login = get(this.home).uri();
		for (URI action : List.of(this.home.resolve("/appointments"), login)) {
			HttpResponse<String> answer = HttpClient.newHttpClient()
				.send(form(action, Map.of()), BodyHandlers.ofString());
			assertThat(answer.headers().firstValue("Location").orElse("")).doesNotContain("session=");
		}
	}

	@Test
	void logsOutAtTheIssuerToo() throws Exception {
		HttpResponse<String> page = logIn("bob");
		post(page, "/logout", Map.of());
		page = get(this.home);
		assertThat(page.uri().getPath()).isEqualTo("/login");
		assertThat(page.body()).contains("<h1>Log in</h1>");
	}

	private HttpResponse<String> logIn(String user) throws IOException, InterruptedException {
		HttpResponse<String> login = get(this.home);
		assertThat(login.uri().getPath()).isEqualTo("/login");
		assertThat(login.uri().getPort()).isNotEqualTo(this.home.getPort());
		return post(login, "/login", Map.of("username", user, "password", user));
	}

	private HttpResponse<String> chooseClinic(HttpResponse<String> chooser, String name)
			throws IOException, InterruptedException {
		assertThat(chooser.uri().getPath()).isEqualTo("/organization");
		String link = CLINIC.matcher(chooser.body())
			.results()
			.filter((clinic) -> clinic.group(2).equals(name))
			.map((clinic) -> clinic.group(1).replace("&amp;", "&"))
			.findFirst()
			.orElseThrow();
		return get(chooser.uri().resolve(link));
	}

	private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
		return this.browser.send(HttpRequest.newBuilder(uri).header("Accept", "text/html").build(),
				BodyHandlers.ofString());
	}

	/** Submit a form of a page. */
	private HttpResponse<String> post(HttpResponse<String> page, String action, Map<String, String> fields)
			throws IOException, InterruptedException {
		Matcher csrf = CSRF.matcher(page.body());
		assertThat(csrf.find()).isTrue();
		Map<String, String> all = new HashMap<>(fields);
		all.put("_csrf", csrf.group(1));
		return this.browser.send(form(page.uri().resolve(action), all), BodyHandlers.ofString());
	}

	private static HttpRequest form(URI uri, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return HttpRequest.newBuilder(uri)
			.header("Accept", "text/html")
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	/**
	 * The values of {@code Authorization} that reached the API.
	 */
	record SentTokens(Set<String> sent) {

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Recording {

		@Bean
		SentTokens sentTokens() {
			return new SentTokens(new ConcurrentSkipListSet<>());
		}

		@Bean
		FilterRegistrationBean<Filter> recordTokens(SentTokens tokens) {
			FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
				String value = ((HttpServletRequest) request).getHeader("Authorization");
				if (value != null) {
					tokens.sent().add(value);
				}
				chain.doFilter(request, response);
			});
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
			return registration;
		}

	}

}
