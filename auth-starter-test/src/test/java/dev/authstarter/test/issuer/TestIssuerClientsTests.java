package dev.authstarter.test.issuer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
class TestIssuerClientsTests {

	private static final String AUDIENCE = "https://api.acme.example";

	private final HttpClient http = HttpClient.newHttpClient();

	private final TestIssuer issuer = TestIssuer.start("/realms/acme");

	TestIssuerClientsTests() {
		this.issuer.registerClient("reminder-cron", "s3cret");
	}

	@AfterEach
	void close() {
		this.issuer.close();
	}

	@Test
	void issuesTokenToClient() throws Exception {
		Map<String, Object> answer = json(post(this.issuer.tokenUri(), "reminder-cron:s3cret",
				"grant_type=client_credentials&audience=https%3A%2F%2Fapi.acme.example&scope=read%3Aa+write%3Aa"));
		assertThat(answer).containsEntry("token_type", "Bearer").containsEntry("scope", "read:a write:a");
		SignedJWT token = SignedJWT.parse((String) answer.get("access_token"));
		assertThat(token.getJWTClaimsSet().getClaims()).containsEntry("sub", "reminder-cron")
			.containsEntry("client_id", "reminder-cron")
			.containsEntry("scope", "read:a write:a");
		assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(AUDIENCE);
	}

	@Test
	void refusesUnknownClients() throws Exception {
		String form = "grant_type=client_credentials&audience=x&token=y";
		for (URI uri : new URI[] { this.issuer.tokenUri(), this.issuer.introspectionUri() }) {
			assertThat(post(uri, "reminder-cron:wrong", form).statusCode()).isEqualTo(401);
			assertThat(post(uri, "", form).statusCode()).isEqualTo(401);
			assertThat(this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode())
				.isEqualTo(405);
		}
	}

	@Test
	void refusesOtherGrantsAndMissingAudience() throws Exception {
		assertThat(json(post(this.issuer.tokenUri(), "reminder-cron:s3cret", "grant_type=password&audience=x")))
			.containsEntry("error", "unsupported_grant_type");
		assertThat(json(post(this.issuer.tokenUri(), "reminder-cron:s3cret", "grant_type=client_credentials")))
			.containsEntry("error", "invalid_target");
	}

	@Test
	void introspectsOpaqueToken() throws Exception {
		String token = this.issuer.opaqueToken(AUDIENCE, Map.of("scope", "read:a"));
		assertThat(introspect(token)).containsEntry("active", true)
			.containsEntry("scope", "read:a")
			.containsEntry("aud", AUDIENCE)
			.containsEntry("iss", this.issuer.issuer());
		assertThat(this.issuer.introspections()).isEqualTo(1);
		this.issuer.revoke(token);
		assertThat(introspect(token)).containsExactly(Map.entry("active", false));
		assertThat(introspect("unknown")).containsExactly(Map.entry("active", false));
	}

	@Test
	void tokenEndsWithItsTime() throws Exception {
		String token = this.issuer.opaqueToken(AUDIENCE, Map.of("exp", Instant.now().getEpochSecond() - 1));
		assertThat(introspect(token)).containsExactly(Map.entry("active", false));
	}

	@Test
	void liesAboutTokens() throws Exception {
		String token = this.issuer.opaqueToken(AUDIENCE, Map.of("active", "true"));
		assertThat(introspect(token)).containsEntry("active", "true");
		this.issuer.answerIntrospection("{}");
		assertThat(introspect(token)).isEmpty();
		this.issuer.recover();
		assertThat(introspect(token)).containsEntry("active", "true");
		this.issuer.answer(500);
		assertThat(post(this.issuer.introspectionUri(), "reminder-cron:s3cret", "token=" + token).statusCode())
			.isEqualTo(500);
	}

	private Map<String, Object> introspect(String token) throws Exception {
		return json(post(this.issuer.introspectionUri(), "reminder-cron:s3cret", "token=" + token));
	}

	private static Map<String, Object> json(HttpResponse<String> response) throws Exception {
		return JSONObjectUtils.parse(response.body());
	}

	private HttpResponse<String> post(URI uri, String client, String form) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)))
			.POST(BodyPublishers.ofString(form))
			.build(), BodyHandlers.ofString());
	}

}
