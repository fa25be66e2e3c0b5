package dev.authstarter.flux;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RequestPredicates.headers;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * Calls an application as its tests would.
 */
class CoveredTests {

	/**
	 * The calls.
	 */
	abstract static class AnyCoveredTests {

		@Autowired
		private WebTestClient client;

		@Autowired
		private TokenForge forge;

		@Test
		void callers() {
			ForgedToken reader = this.forge.token().withScopes("read:letters").forOrganization("org_acme");
			ForgedToken writer = reader.withScopes("write:letters");
			call("/scope/1", reader, 200);
			call("/scope/1", writer, 403);
			call("/scope/only-refused", writer, 403);
			call("/only-allowed", reader, 200);
			call("/stock", reader, 200);
			call("/stock", writer, 403);
			call("/organizations/org_acme/letters", reader, 200);
			call("/organizations/org_globex/letters", reader, 404);
			call("/missing/1", reader, 404);
			call("/broken", reader, 500);
			call("/routes/1", reader, 200);
			call("/same?one", reader, 200);
			this.client.get().uri("/same?one").exchange().expectStatus().isUnauthorized();
			this.client.get().uri("/routes/1").exchange().expectStatus().isUnauthorized();
			this.client.get().uri("/public").exchange().expectStatus().isOk();
		}

		private void call(String uri, ForgedToken token, int status) {
			this.client.get().uri(uri).headers(token).exchange().expectStatus().isEqualTo(status);
		}

	}

	@Nested
	@SpringBootTest(classes = CoveredApplication.class,
			properties = { "spring.main.web-application-type=reactive", "auth-starter.public-paths=/public",
					"auth-starter.organization.hide-other-organizations=true" })
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class WithoutServer extends AnyCoveredTests {

	}

	@Nested
	@SpringBootTest(classes = CoveredApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "spring.main.web-application-type=reactive", "auth-starter.public-paths=/public",
					"auth-starter.organization.hide-other-organizations=true", "spring.webflux.base-path=/api" })
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class OverHttp extends AnyCoveredTests {

	}

	/** Without resources, no pattern matches other paths. */
	@Nested
	@SpringBootTest(classes = { CoveredApplication.class, Patternless.class },
			properties = { "spring.main.web-application-type=reactive", "spring.web.resources.add-mappings=false" })
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class OnUnknownPaths {

		@Test
		void callerIsRefused(@Autowired WebTestClient client) {
			client.get().uri("/unknown").exchange().expectStatus().isUnauthorized();
		}

		@Test
		void routeWithoutPatternIsCalled(@Autowired WebTestClient client, @Autowired TokenForge forge) {
			client.get()
				.uri("/hidden")
				.header("X-Debug", "true")
				.headers(forge.token())
				.exchange()
				.expectStatus()
				.isOk();
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Patternless {

		@Bean
		RouterFunction<ServerResponse> debug() {
			return route(headers((headers) -> !headers.header("X-Debug").isEmpty()),
					(request) -> ServerResponse.ok().build());
		}

	}

	@Nested
	@WebFluxTest(controllers = CoveredApplication.Handlers.class, properties = "auth-starter.public-paths=/public")
	@ContextConfiguration(classes = CoveredApplication.class)
	@AutoConfigureForgedTokens
	class InASlice {

		@Test
		void callerIsRefused(@Autowired WebTestClient client) {
			client.get().uri("/only-allowed").exchange().expectStatus().isUnauthorized();
		}

	}

}
