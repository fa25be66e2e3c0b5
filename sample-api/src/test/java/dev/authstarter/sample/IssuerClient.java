package dev.authstarter.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.HtmlUtils;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gets tokens over HTTP, for users through the login page with a browser's cookies.
 */
final class IssuerClient {

	static final App PAGE = new App("clinic-spa", null, "http://localhost:8080/");

	static final App WEB_APPLICATION = new App("clinic-web", "clinic-web-secret",
			"http://localhost:8082/login/oauth2/code/clinic-web");

	/** The pair of RFC 7636 appendix B. */
	private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private static final Pattern CLINIC = Pattern.compile("<a href=\"([^\"]+)\">");

	private final URI issuer;

	IssuerClient(String issuer) {
		this.issuer = URI.create(issuer);
	}

	/**
	 * Tokens of a token response.
	 *
	 * @param accessToken for APIs
	 * @param idToken for the client, if it requested one
	 * @param refreshToken for the issuer, if it issues one
	 */
	record Tokens(String accessToken, @Nullable String idToken, @Nullable String refreshToken) {

	}

	/**
	 * An application with a user login.
	 *
	 * @param clientId the client's identifier
	 * @param secret the client's secret, or {@code null} for a public client
	 * @param redirectUri where users are redirected after the login
	 */
	record App(String clientId, @Nullable String secret, String redirectUri) {

	}

	/** A machine gets a token (RFC 6749 section 4.4). */
	String machineToken(String scope) {
		return machineToken("reminder-cron", "reminder-cron-secret", scope);
	}

	String machineToken(String clientId, String secret, String scope) {
		return machineToken(clientId, secret, Map.of("scope", scope));
	}

	String machineToken(String clientId, String secret, Map<String, String> parameters) {
		return tokens(machineTokenResponse(clientId, secret, parameters)).accessToken();
	}

	HttpResponse<String> machineTokenResponse(String clientId, String secret, Map<String, String> parameters) {
		Map<String, String> all = new LinkedHashMap<>(parameters);
		all.put("grant_type", "client_credentials");
		return send(HttpClient.newHttpClient(), authenticated("/oauth2/token", all, clientId, secret));
	}

	private HttpRequest authenticated(String path, Map<String, String> parameters, String clientId, String secret) {
		String credentials = Base64.getEncoder()
			.encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
		return form(path, parameters).header("Authorization", "Basic " + credentials).build();
	}

	/** A person logs in through the single-page app (RFC 6749 section 4.1, RFC 7636). */
	Tokens userTokens(String user, @Nullable String organization) {
		return userTokens(PAGE, user, organization);
	}

	Tokens userTokens(App app, String user, @Nullable String organization) {
		Map<String, String> callback = logIn(app, user, organization);
		return tokens(tokenRequest(app, Map.of("grant_type", "authorization_code", "code",
				callback.getOrDefault("code", ""), "redirect_uri", app.redirectUri(), "code_verifier", VERIFIER)));
	}

	HttpResponse<String> refresh(App app, String refreshToken) {
		return tokenRequest(app, Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
	}

	private HttpResponse<String> tokenRequest(App app, Map<String, String> parameters) {
		if (app.secret() != null) {
			return send(HttpClient.newHttpClient(),
					authenticated("/oauth2/token", parameters, app.clientId(), app.secret()));
		}
		Map<String, String> all = new LinkedHashMap<>(parameters);
		all.put("client_id", app.clientId());
		return send(HttpClient.newHttpClient(), form("/oauth2/token", all).build());
	}

	Map<String, String> logIn(String user, @Nullable String organization) {
		return logIn(PAGE, user, organization);
	}

	/**
	 * Log in, choose the clinic that is named last if the issuer asks, and come back to
	 * the app.
	 * @return the parameters that the app is called back with
	 */
	Map<String, String> logIn(App app, String user, @Nullable String organization) {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpResponse<String> redirect = send(browser, page(authorizationRequest(app, organization)));
		URI loginPage = location(redirect);
		assertThat(loginPage).hasPath("/login");
		Matcher csrf = CSRF.matcher(send(browser, page(loginPage)).body());
		assertThat(csrf.find()).isTrue();
		redirect = send(browser,
				form("/login", Map.of("username", user, "password", user, "_csrf", csrf.group(1))).build());
		redirect = send(browser, page(location(redirect)));
		if (location(redirect).getPath().equals("/organization")) {
			redirect = send(browser, page(lastClinic(send(browser, page(location(redirect))).body())));
		}
		UriComponents callback = UriComponentsBuilder.fromUri(location(redirect)).build();
		assertThat(callback.toUriString()).startsWith(app.redirectUri());
		assertThat(callback.getQueryParams().getFirst("state")).isEqualTo("some-state");
		return callback.getQueryParams().toSingleValueMap();
	}

	/** A request that may show nothing, of a browser without a session. */
	HttpRequest.Builder silentRequest() {
		URI request = UriComponentsBuilder.fromUri(authorizationRequest(PAGE, null))
			.queryParam("prompt", "none")
			.build(true)
			.toUri();
		return HttpRequest.newBuilder(request).header("Accept", "text/html");
	}

	private URI lastClinic(String chooser) {
		List<MatchResult> clinics = CLINIC.matcher(chooser).results().toList();
		assertThat(clinics).hasSizeGreaterThan(1);
		return this.issuer.resolve(HtmlUtils.htmlUnescape(clinics.get(clinics.size() - 1).group(1)));
	}

	private URI authorizationRequest(App app, @Nullable String organization) {
		UriComponentsBuilder uri = UriComponentsBuilder.fromUri(this.issuer)
			.path("/oauth2/authorize")
			.queryParam("response_type", "code")
			.queryParam("client_id", app.clientId())
			.queryParam("redirect_uri", app.redirectUri())
			.queryParam("scope",
					"openid read:appointments write:appointments" + (app.equals(PAGE) ? " operations" : ""))
			.queryParam("state", "some-state")
			.queryParam("nonce", "some-nonce")
			.queryParam("code_challenge", CHALLENGE)
			.queryParam("code_challenge_method", "S256");
		if (organization != null) {
			uri.queryParam("organization", organization);
		}
		return uri.encode().build().toUri();
	}

	private static HttpRequest page(URI uri) {
		return HttpRequest.newBuilder(uri).header("Accept", "text/html").build();
	}

	private HttpRequest.Builder form(String path, Map<String, String> parameters) {
		String body = parameters.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "="
					+ URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return HttpRequest.newBuilder(this.issuer.resolve(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body));
	}

	private URI location(HttpResponse<String> response) {
		assertThat(response.statusCode()).isEqualTo(302);
		return this.issuer.resolve(response.headers().firstValue("Location").orElseThrow());
	}

	static Tokens tokens(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		var json = JsonMapper.shared().readTree(response.body());
		return new Tokens(json.required("access_token").asString(),
				json.has("id_token") ? json.get("id_token").asString() : null,
				json.has("refresh_token") ? json.get("refresh_token").asString() : null);
	}

	private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
		try {
			return client.send(request, BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
