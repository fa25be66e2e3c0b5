package dev.authstarter.token;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Issuers of another implementation, MockOAuth2Server of NAV. Each signs with another
 * algorithm; everything is done over HTTP, including the client's token request.
 */
@SpringBootTest(classes = OtherIssuerTests.Api.class, webEnvironment = WebEnvironment.RANDOM_PORT)
class OtherIssuerTests {

	private static final String REALM = "clinic";

	private static final String API = "https://api.example";

	private static final String CLIENT = "web";

	private static final Map<String, MockOAuth2Server> ISSUERS = new LinkedHashMap<>();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void trust(DynamicPropertyRegistry properties) throws IOException {
		for (String algorithm : List.of("RS256", "RS384", "RS512", "PS256", "ES256", "ES384")) {
			MockOAuth2Server server = new MockOAuth2Server(OAuth2Config.Companion
				.fromJson("{\"tokenProvider\":{\"keyProvider\":{\"algorithm\":\"%s\"}}}".formatted(algorithm)));
			server.start(InetAddress.getLoopbackAddress(), 0);
			ISSUERS.put(algorithm, server);
			String issuer = "auth-starter.issuers." + algorithm.toLowerCase(Locale.ROOT);
			properties.add(issuer + ".issuer", () -> server.issuerUrl(REALM).toString());
			properties.add(issuer + ".audience", () -> API);
			properties.add(issuer + ".algorithms", () -> algorithm);
			properties.add(issuer + ".organization.allowed", () -> "*");
		}
		String asked = "auth-starter.issuers.es256.introspection.";
		properties.add(asked + "uri", () -> issuer("ES256").url(REALM + "/introspect").toString());
		properties.add(asked + "tokens", () -> "all");
		properties.add(asked + "client-id", () -> "api");
		properties.add(asked + "client-secret", () -> "secret");
	}

	@AfterAll
	static void stop() {
		ISSUERS.values().forEach(MockOAuth2Server::shutdown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "RS384", "RS512", "PS256", "ES256", "ES384" })
	void acceptsItsAccessTokensAndNothingElse(String algorithm) throws Exception {
		Map<String, Object> tokens = tokens(algorithm);
		HttpCalls http = new HttpCalls(this.port);
		String accessToken = String.valueOf(tokens.get("access_token"));
		assertThat(http.answer("/me", accessToken)).isEqualTo("200");
		assertThat(http.answer("/me", String.valueOf(tokens.get("id_token")))).isEqualTo("401 wrong_audience");
		assertThat(http.answer("/me", String.valueOf(tokens.get("refresh_token")))).startsWith("401 ");
		assertThat(http.answer("/me", accessToken.substring(0, accessToken.length() - 8) + "AAAAAAAA"))
			.isEqualTo("401 bad_signature");
		assertThat(http.answer("/me", "opaque")).isEqualTo("401 inactive_token");
	}

	private static MockOAuth2Server issuer(String algorithm) {
		return Objects.requireNonNull(ISSUERS.get(algorithm));
	}

	/**
	 * As a web application gets them: code, then tokens. Without a nonce, which this
	 * server writes into access tokens, too.
	 */
	private static Map<String, Object> tokens(String algorithm) throws Exception {
		MockOAuth2Server issuer = issuer(algorithm);
		issuer.enqueueCallback(new DefaultOAuth2TokenCallback(REALM, "user-" + algorithm, "JWT", List.of(API),
				Map.of("scope", "read:notes", "client_id", CLIENT)));
		HttpClient client = HttpClient.newHttpClient();
		String callback = "http://localhost/callback";
		String redirection = client.send(
				HttpRequest
					.newBuilder(UriComponentsBuilder.fromUriString(issuer.authorizationEndpointUrl(REALM).toString())
						.queryParam("client_id", CLIENT)
						.queryParam("response_type", "code")
						.queryParam("scope", "openid")
						.queryParam("state", "s-1")
						.queryParam("redirect_uri", callback)
						.encode()
						.build()
						.toUri())
					.build(),
				BodyHandlers.discarding())
			.headers()
			.firstValue("Location")
			.orElseThrow();
		String code = UriComponentsBuilder.fromUriString(redirection).build().getQueryParams().getFirst("code");
		HttpResponse<String> response = client
			.send(HttpRequest.newBuilder(URI.create(issuer.tokenEndpointUrl(REALM).toString()))
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(BodyPublishers.ofString(form(Map.of("grant_type", "authorization_code", "client_id", CLIENT,
						"client_secret", "secret", "redirect_uri", callback, "code", String.valueOf(code)))))
				.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return HttpCalls.json(response);
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(NoteController.class)
	static class Api {

	}

}
