package dev.authstarter.attacked;

import java.net.URI;
import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same attacks over HTTP on an application of WebFlux.
 */
@SpringBootTest(classes = FluxAttackTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "auth-starter.public-paths=/status",
				"auth-starter.organization.sources=path,header,token",
				"auth-starter.organization.allowed=org_acme,org_globex",
				"auth-starter.organization.hide-other-organizations=true", "auth-starter.token.maximum-lifetime=24h",
				"spring.webflux.base-path=/api" })
@AutoConfigureForgedTokens
class FluxAttackTests {

	@BeforeAll
	static void resetCalls() {
		FluxNotes.CALLS.set(0);
	}

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused(@LocalServerPort int port, @Autowired ApplicationContext application) {
		return BearerAttacks.against(URI.create("http://localhost:" + port + "/api"), application)
			.headers("POST /notes", (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
			.everyEndpoint();
	}

	@AfterAll
	static void noHandlerWasCalled() {
		assertThat(FluxNotes.CALLS).hasValue(0);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FluxNotes.class)
	static class Application {

	}

}
