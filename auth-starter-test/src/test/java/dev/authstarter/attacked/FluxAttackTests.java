package dev.authstarter.attacked;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

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

	private static final AtomicInteger CALLS = new AtomicInteger();

	@BeforeAll
	static void resetCalls() {
		CALLS.set(0);
	}

	@TestFactory
	Stream<DynamicNode> everyAttackIsRefused(@LocalServerPort int port, @Autowired ApplicationContext application) {
		return BearerAttacks.against(URI.create("http://localhost:" + port + "/api"), application)
			.headers("POST /notes", (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
			.everyEndpoint();
	}

	@AfterAll
	static void noHandlerWasCalled() {
		assertThat(CALLS).hasValue(0);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(FluxNotes.class)
	static class Application {

	}

	/**
	 * Has a rule of every kind and counts its calls.
	 */
	@RestController
	static class FluxNotes {

		@GetMapping("/organizations/{organizationId}/notes")
		@RequiresScope("read:notes")
		Flux<Integer> list(Organization organization) {
			return Flux.defer(() -> Flux.just(called()));
		}

		@PostMapping("/organizations/{organizationId}/notes")
		@RequiresScope("write:notes")
		int add(@RequestBody String note, Organization organization) {
			return called();
		}

		@DeleteMapping("/organizations/{organizationId}/notes/{id:\\d+}")
		@RequiresScope({ "write:notes", "delete:notes" })
		@RequiresRole("editor")
		int delete(@PathVariable int id, Organization organization) {
			return called();
		}

		@PostMapping(path = "/notes", consumes = MediaType.TEXT_PLAIN_VALUE)
		@RequiresScope(anyOf = { "write:notes", "import:notes" })
		@RequiresPermission("notes:import")
		int create(@RequestBody String note) {
			return called();
		}

		@GetMapping("/notes/count")
		@RequiresCaller(CallerType.MACHINE)
		@RequiresRole("auditor")
		int count() {
			return called();
		}

		@GetMapping("/notes/mine")
		@RequiresOrganization
		@RequiresCaller(CallerType.USER)
		Mono<Integer> mine() {
			return Mono.fromSupplier(FluxNotes::called);
		}

		@GetMapping("/notes/delegated")
		@RequiresScope("read:notes")
		@RequiresCaller(actors = "desk")
		int delegated() {
			return called();
		}

		@GetMapping("/notes/in-person")
		@RequiresCaller(delegation = Delegation.FORBIDDEN)
		int inPerson() {
			return called();
		}

		@GetMapping("/notes/stock")
		@PreAuthorize("hasAuthority('SCOPE_read:notes')")
		Mono<Integer> stock() {
			return Mono.fromSupplier(FluxNotes::called);
		}

		@GetMapping("/me")
		@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
		int me() {
			return called();
		}

		@GetMapping("/status")
		int status() {
			return 1;
		}

		private static int called() {
			return CALLS.incrementAndGet();
		}

	}

}
