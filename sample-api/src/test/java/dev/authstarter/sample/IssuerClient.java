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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gets tokens as clients do: over HTTP, people through the login page with a browser's
 * cookies.
 */
final class IssuerClient {

	private static final String REDIRECT_URI = "http://localhost:8080/";

	/** The pair of RFC 7636 appendix B. */
	private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	private final URI issuer;

	IssuerClient(String issuer) {
		this.issuer = URI.create(issuer);
	}

	/**
	 * Tokens of a token response.
	 *
	 * @param accessToken for APIs
	 * @param idToken for the client, where it asked for one
	 */
	record Tokens(String accessToken, @Nullable String idToken) {

	}

	/** A machine gets a token (RFC 6749 section 4.4). */
	String machineToken(String scope) {
		return machineToken("reminder-cron", "reminder-cron-secret", scope);
	}

	String machineToken(String clientId, String secret, String scope) {
		String credentials = Base64.getEncoder()
			.encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8));
		HttpRequest request = form("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scope))
			.header("Authorization", "Basic " + credentials)
			.build();
		return tokens(send(HttpClient.newHttpClient(), request)).accessToken();
	}

	/** A person logs in through the single-page app (RFC 6749 section 4.1, RFC 7636). */
	Tokens userTokens(String user, @Nullable String organization) {
		Map<String, String> callback = logIn(user, organization);
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("grant_type", "authorization_code");
		parameters.put("code", callback.getOrDefault("code", ""));
		parameters.put("redirect_uri", REDIRECT_URI);
		parameters.put("client_id", "clinic-spa");
		parameters.put("code_verifier", VERIFIER);
		return tokens(send(HttpClient.newHttpClient(), form("/oauth2/token", parameters).build()));
	}

	/**
	 * Log in and come back to the app.
	 * @return the parameters that the app is called back with
	 */
	Map<String, String> logIn(String user, @Nullable String organization) {
		HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
		HttpResponse<String> redirect = send(browser, page(authorizationRequest(organization)));
		URI loginPage = location(redirect);
		assertThat(loginPage).hasPath("/login");
		Matcher csrf = CSRF.matcher(send(browser, page(loginPage)).body());
		assertThat(csrf.find()).isTrue();
		redirect = send(browser,
				form("/login", Map.of("username", user, "password", user, "_csrf", csrf.group(1))).build());
		redirect = send(browser, page(location(redirect)));
		UriComponents callback = UriComponentsBuilder.fromUri(location(redirect)).build();
		assertThat(callback.toUriString()).startsWith(REDIRECT_URI);
		assertThat(callback.getQueryParams().getFirst("state")).isEqualTo("some-state");
		return callback.getQueryParams().toSingleValueMap();
	}

	private URI authorizationRequest(@Nullable String organization) {
		UriComponentsBuilder uri = UriComponentsBuilder.fromUri(this.issuer)
			.path("/oauth2/authorize")
			.queryParam("response_type", "code")
			.queryParam("client_id", "clinic-spa")
			.queryParam("redirect_uri", REDIRECT_URI)
			.queryParam("scope", "openid read:appointments write:appointments")
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

	private static Tokens tokens(HttpResponse<String> response) {
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		var json = JsonMapper.shared().readTree(response.body());
		return new Tokens(json.required("access_token").asString(),
				json.has("id_token") ? json.get("id_token").asString() : null);
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
