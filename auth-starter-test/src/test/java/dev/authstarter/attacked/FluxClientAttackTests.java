package dev.authstarter.attacked;

import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The attacks by {@code WebTestClient}.
 */
class FluxClientAttackTests {

	/**
	 * What holds in every kind of test.
	 */
	abstract static class AnyClientAttackTests {

		@BeforeEach
		void resetCalls() {
			FluxNotes.CALLS.set(0);
		}

		@AfterEach
		void noHandlerWasCalled() {
			assertThat(FluxNotes.CALLS).hasValue(0);
		}

		@TestFactory
		Stream<DynamicNode> everyAttackIsRefused(@Autowired WebTestClient client, @Autowired TokenForge forge,
				@Autowired ApplicationContext application) {
			return BearerAttacks.against(client.mutateWith(forge.token()), application)
				.headers("POST /notes", (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
				.everyEndpoint();
		}

	}

	@Nested
	@WebFluxTest(controllers = FluxNotes.class,
			properties = { "auth-starter.public-paths=/status",
					"auth-starter.organization.allowed=org_acme,org_globex" })
	@ContextConfiguration(classes = FluxAttackTests.Application.class)
	@AutoConfigureForgedTokens
	class InASlice extends AnyClientAttackTests {

	}

	@Nested
	@SpringBootTest(classes = FluxAttackTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "spring.main.web-application-type=reactive", "auth-starter.public-paths=/status",
					"spring.webflux.base-path=/api" })
	@AutoConfigureWebTestClient
	@AutoConfigureForgedTokens
	class OverHttp extends AnyClientAttackTests {

	}

}
