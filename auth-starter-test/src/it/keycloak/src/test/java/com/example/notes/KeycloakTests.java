package com.example.notes;

import java.time.Duration;
import java.util.Map;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.MountableFile;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.web.client.RestClient;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Testcontainers(disabledWithoutDocker = true)
class KeycloakTests {

	@Container
	private static final GenericContainer<?> KEYCLOAK = new GenericContainer<>("quay.io/keycloak/keycloak:26.4.5")
		.withCommand("start-dev", "--import-realm")
		.withCopyFileToContainer(MountableFile.forClasspathResource("acme-realm.json"),
				"/opt/keycloak/data/import/acme-realm.json")
		.withExposedPorts(8080)
		.waitingFor(Wait.forHttp("/realms/acme/protocol/openid-connect/certs")
			.withStartupTimeout(Duration.ofMinutes(3)));

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void trustKeycloak(DynamicPropertyRegistry properties) {
		properties.add("auth-starter.issuer", KeycloakTests::issuer);
		properties.add("auth-starter.http.plain-http-hosts", KEYCLOAK::getHost);
	}

	@Test
	void answersEditor() {
		call("notes-job").expectStatus().isOk().expectBody().json("[\"Order paper\"]");
	}

	@Test
	void refusesCallerWithoutRole() {
		assertThatResponse(call("reports-job")).isRefusedWith(Reason.INSUFFICIENT_ROLE);
	}

	@Test
	void refusesTokenForAnotherApi() {
		assertThatResponse(call("billing-job")).isRefusedWith(Reason.WRONG_AUDIENCE);
	}

	/** Call the API with a token that Keycloak issues to one of the realm's clients. */
	private ResponseSpec call(String client) {
		return RestTestClient.bindToServer()
			.baseUrl("http://localhost:" + this.port)
			.build()
			.get()
			.uri("/notes")
			.headers((headers) -> headers.setBearerAuth(token(client)))
			.exchange();
	}

	private static String token(String client) {
		return RestClient.create()
			.post()
			.uri(issuer() + "/protocol/openid-connect/token")
			.headers((headers) -> headers.setBasicAuth(client, "development-only"))
			.contentType(MediaType.APPLICATION_FORM_URLENCODED)
			.body("grant_type=client_credentials")
			.retrieve()
			.body(new ParameterizedTypeReference<Map<String, String>>() {
			})
			.get("access_token");
	}

	private static String issuer() {
		return "http://%s:%d/realms/acme".formatted(KEYCLOAK.getHost(), KEYCLOAK.getFirstMappedPort());
	}

}
