package dev.authstarter.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import dev.authstarter.Reason;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
import static dev.authstarter.test.client.RestAssuredAssertions.assertThatResponse;
import static dev.authstarter.test.client.WebClientAssertions.assertThatResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;

/**
 * The clients that {@link ServerTests} leaves out, over HTTP.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureTestRestTemplate
@AutoConfigureForgedTokens
class ClientTests {

	@LocalServerPort
	private int port;

	private final ForgedToken token;

	ClientTests(@Autowired TokenForge forge) {
		this.token = forge.token().asUser("auth0|42");
	}

	@Test
	void testRestTemplateSendsToken(@Autowired TestRestTemplate template) {
		RequestEntity<Void> request = RequestEntity.get(uri("/me")).headers(this.token).build();
		assertThatResponse(template.exchange(request, String.class)).isNotRefused();
		assertThatResponse(template.exchange("/me", HttpMethod.GET,
				new HttpEntity<>(this.token.withUnknownKey().headers()), String.class))
			.isRefusedWith(Reason.UNKNOWN_KEY);
	}

	@Test
	void webTestClientSendsToken() {
		WebTestClient client = WebTestClient.bindToServer().baseUrl(uri("/").toString()).build();
		client.get().uri("/me").headers(this.token).exchange().expectStatus().isOk();
		assertThatResponse(client.get().uri("/me").headers(this.token.expired()).exchange())
			.isRefusedWith(Reason.TOKEN_EXPIRED);
	}

	@Test
	void webClientSendsToken() {
		WebClient client = WebClient.builder().baseUrl(uri("/").toString()).defaultHeaders(this.token).build();
		assertThat(client.get().uri("/me").retrieve().bodyToMono(String.class).block()).contains("auth0|42");
	}

	@Test
	void restAssuredSendsToken() {
		RestAssured.given()
			.port(this.port)
			.header(HttpHeaders.AUTHORIZATION, this.token.authorization())
			.get("/me")
			.then()
			.statusCode(200)
			.body("caller", equalTo("auth0|42"));
		RestAssured.given().port(this.port).auth().oauth2(this.token.value()).get("/me").then().statusCode(200);
	}

	@Test
	void refusalIsAssertedOnRestAssured() {
		Response response = RestAssured.given().port(this.port).auth().oauth2(this.token.unsigned().value()).get("/me");
		assertThatResponse(response).isRefusedWith(Reason.ALGORITHM_NOT_ALLOWED);
	}

	@Test
	void refusalIsAssertedOnWebClient() {
		WebClient client = WebClient.builder()
			.baseUrl(uri("/").toString())
			.defaultHeaders(this.token.withUnknownKey())
			.build();
		assertThatExceptionOfType(WebClientResponseException.class)
			.isThrownBy(() -> client.get().uri("/me").retrieve().bodyToMono(String.class).block())
			.satisfies((refused) -> {
				assertThatResponse(refused).isRefusedWith(Reason.UNKNOWN_KEY);
				assertThatExceptionOfType(AssertionError.class)
					.isThrownBy(() -> assertThatResponse(refused).isNotRefused())
					.withMessageContaining("request:   GET " + uri("/me"));
			});
	}

	@Test
	void failuresNameTheRequest() throws Exception {
		WebTestClient web = WebTestClient.bindToServer().baseUrl(uri("/").toString()).build();
		RestTestClient rest = RestTestClient.bindToServer().baseUrl(uri("/").toString()).build();
		HttpResponse<String> plain = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri("/me")).build(), BodyHandlers.ofString());
		for (RefusalAssert response : List.of(assertThatResponse(web.get().uri("/me").exchange()),
				assertThatResponse(rest.get().uri("/me").exchange()), assertThatResponse(plain))) {
			assertThatExceptionOfType(AssertionError.class).isThrownBy(response::isNotRefused)
				.withMessageContaining("request:   GET " + uri("/me"));
		}
	}

	@Test
	void refusalIsAssertedOnAnInterfaceClient() {
		MeClient me = client(this.token.asIdToken());
		assertThatExceptionOfType(RestClientResponseException.class).isThrownBy(me::me)
			.satisfies((refused) -> assertThatResponse(refused).isRefusedWith(Reason.ID_TOKEN));
		assertThat(client(this.token).me()).contains("auth0|42");
	}

	private MeClient client(ForgedToken token) {
		RestClient rest = RestClient.builder().baseUrl(uri("/").toString()).defaultHeaders(token).build();
		return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest)).build().createClient(MeClient.class);
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	interface MeClient {

		@GetExchange("/me")
		String me();

	}

}
