package dev.authstarter.organization;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestApi;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * An API that returns the acting organization.
 */
@Import({ TestApi.class, OrganizationApi.Controller.class })
@EnableAsync
class OrganizationApi {

	@Bean
	Service service(CurrentOrganization acting) {
		return new Service(acting);
	}

	/** Mapped by another mapping than that of routes. */
	@Bean("/organizations/{organizationId}/function")
	HandlerFunction<ServerResponse> function(CurrentOrganization acting) {
		return (request) -> ServerResponse.ok().body(acting.get().id());
	}

	@Bean
	RouterFunction<ServerResponse> routes(CurrentOrganization acting) {
		return RouterFunctions.route()
			.GET("/organizations/{organizationId}/route", (request) -> ServerResponse.ok().body(acting.get().id()))
			.build();
	}

	@RestController
	static class Controller {

		private final Service service;

		Controller(Service service) {
			this.service = service;
		}

		@GetMapping("/organizations/{organizationId}")
		String one(Organization organization) {
			return organization.id();
		}

		@GetMapping("/organizations/{organizationId}/partners/{partnerId}")
		String two(Organization organization) {
			return organization.id();
		}

		@GetMapping("/organizations/{organizationId}/owned")
		@RequiresRole("owner")
		String owned() {
			return "owned";
		}

		@GetMapping("/organizations/{organizationId}/machines")
		@RequiresOrganization(allowMachineWithoutOrganization = true)
		@RequiresScope("read:all")
		String machines(Organization organization) {
			return organization.id();
		}

		@GetMapping("/unscoped")
		String unscoped(@Nullable Organization organization) {
			return (organization != null) ? organization.id() : "none";
		}

		@GetMapping("/wanting")
		String wanting(Organization organization) {
			return organization.id();
		}

		@GetMapping("/required")
		@RequiresOrganization
		String required(Organization organization) {
			return organization.id();
		}

		@GetMapping("/service")
		String service() {
			return this.service.acting();
		}

		@GetMapping("/async")
		String async() {
			return this.service.actingElsewhere().join();
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			return this.service::acting;
		}

		@GetMapping("/log")
		Map<String, String> log() {
			Map<String, String> context = new TreeMap<>();
			for (String key : List.of("auth.organization", "auth.subject", "auth.client")) {
				String value = MDC.get(key);
				if (value != null) {
					context.put(key, value);
				}
			}
			return context;
		}

	}

	/** Has no access to the request. */
	static class Service {

		private final CurrentOrganization acting;

		Service(CurrentOrganization acting) {
			this.acting = acting;
		}

		String acting() {
			return this.acting.get().id();
		}

		@Async
		CompletableFuture<String> actingElsewhere() {
			Organization organization = this.acting.find();
			return CompletableFuture.completedFuture(
					((organization != null) ? organization.id() : "none") + Thread.currentThread().getName().charAt(0));
		}

	}

}
