package dev.authstarter.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import dev.authstarter.Reason;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application behind a server, reached by the clients that tests use.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@AutoConfigureForgedTokens
class ServerTests {

	@LocalServerPort
	private int port;

	@Autowired
	private RestTestClient client;

	@Autowired
	private TokenForge forge;

	@Test
	void restTestClientSendsToken() {
		this.client.get().uri("/me").headers(this.forge.token()).exchange().expectStatus().isOk();
	}

	@Test
	void refusalIsAssertedOnRestTestClient() {
		assertThatResponse(this.client.get().uri("/me").headers(this.forge.token().withoutAudience()).exchange())
			.isRefusedWith(Reason.WRONG_AUDIENCE);
	}

	@Test
	void clientOfTheJdkSendsToken() throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri("/me"));
		HttpClient jdk = HttpClient.newHttpClient();
		ForgedToken token = this.forge.token();
		assertThatResponse(jdk.send(request.copy().header("Authorization", token.authorization()).build(),
				BodyHandlers.ofString()))
			.isNotRefused();
		assertThatResponse(jdk.send(request.copy().header("Authorization", token.expired().authorization()).build(),
				BodyHandlers.ofString()))
			.isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@Test
	void restClientSendsToken() {
		RestClient restClient = RestClient.builder().defaultStatusHandler((status) -> true, (request, response) -> {
		}).build();
		assertThatResponse(
				restClient.get().uri(uri("/me")).headers(this.forge.token()).retrieve().toEntity(String.class))
			.isNotRefused();
		assertThatResponse(restClient.get()
			.uri(uri("/me"))
			.headers(this.forge.token().signedByUntrustedKey())
			.retrieve()
			.toEntity(String.class)).isRefusedWith(Reason.BAD_SIGNATURE);
	}

	@Test
	void restTemplateSendsToken() {
		RequestEntity<Void> request = RequestEntity.get(uri("/me")).headers(this.forge.token().headers()).build();
		assertThatResponse(new RestTemplate().exchange(request, String.class)).isNotRefused();
	}

	@Test
	void interfaceClientSendsToken() {
		RestClient restClient = RestClient.builder()
			.baseUrl(uri("/").toString())
			.defaultHeaders(this.forge.token().asUser("auth0|42"))
			.build();
		MeClient me = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(restClient))
			.build()
			.createClient(MeClient.class);
		assertThat(me.me()).contains("auth0|42");
	}

	@Test
	void tokenReplacesWhatTheHeadersHad() {
		HttpHeaders headers = new HttpHeaders();
		headers.setBasicAuth("user", "password");
		ForgedToken token = this.forge.token();
		token.accept(headers);
		assertThat(headers.get(HttpHeaders.AUTHORIZATION)).containsExactly("Bearer " + token.value());
		assertThat(new RestTemplate().exchange(new RequestEntity<>(headers, HttpMethod.GET, uri("/me")), String.class)
			.getStatusCode()
			.value()).isEqualTo(200);
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	interface MeClient {

		@GetExchange("/me")
		String me();

	}

}
