package dev.authstarter.reactive;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestTrust;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * A WebFlux application with handlers of each kind, and an advice that handles every
 * exception.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ TestTrust.class, FluxApi.Handlers.class, FluxApi.Notes.class, FluxApi.CatchAll.class })
class FluxApi {

	@Bean
	RouterFunction<ServerResponse> routes(ReactiveOrganization acting) {
		return route()
			.GET("/routes/organizations/{organizationId}/notes",
					(request) -> acting.get()
						.flatMap((organization) -> ServerResponse.ok().bodyValue(organization.id())))
			.POST("/routes/closed", (request) -> ServerResponse.ok().bodyValue("written"))
			.GET("/routes/any", (request) -> ServerResponse.ok().bodyValue("any"))
			.build();
	}

	/**
	 * Controllers.
	 */
	@RestController
	static class Handlers {

		private final ReactiveOrganization acting;

		private final CurrentOrganization current;

		private final Notes notes;

		Handlers(ReactiveOrganization acting, CurrentOrganization current, Notes notes) {
			this.acting = acting;
			this.current = current;
			this.notes = notes;
		}

		@GetMapping("/organizations/{organizationId}/mono")
		Mono<String> mono() {
			return this.acting.get().map(Organization::id);
		}

		@GetMapping("/organizations/{organizationId}/flux")
		Flux<String> flux() {
			return Flux.just(1, 2, 3)
				.publishOn(Schedulers.boundedElastic())
				.concatMap((number) -> this.acting.get().map((organization) -> organization.id() + ";"));
		}

		@GetMapping("/organizations/{organizationId}/entity")
		ResponseEntity<Mono<String>> entity() {
			return ResponseEntity.ok(Mono.delay(Duration.ofMillis(1)).then(this.acting.get().map(Organization::id)));
		}

		@GetMapping(path = "/organizations/{organizationId}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
		Flux<String> events() {
			return this.acting.get().map(Organization::id).repeat(1);
		}

		@GetMapping("/organizations/{organizationId}/thread")
		String thread() {
			return String.valueOf(this.current.find());
		}

		@GetMapping("/organizations/{organizationId}/arguments")
		Mono<Map<String, Object>> arguments(Organization organization, AccessToken caller, CallerType type,
				Optional<Organization> optional) {
			return ReactiveSecurityContextHolder.getContext()
				.mapNotNull(SecurityContext::getAuthentication)
				.map((authentication) -> Map.of("organization", organization.id(), "subject", caller.subject(), "type",
						type, "optional", optional.isPresent(), "principal", authentication.getName()));
		}

		@GetMapping("/optional")
		String optional(Optional<AccessToken> caller) {
			return String.valueOf(caller.isPresent());
		}

		@PostMapping("/organizations/{organizationId}/echo")
		@RequiresScope("write:notes")
		Mono<String> echo(@RequestBody String body) {
			return Mono.just(body);
		}

		@GetMapping("/role")
		@RequiresRole("owner")
		String role() {
			return "role";
		}

		@GetMapping("/pre")
		@PreAuthorize("hasAuthority('SCOPE_write:notes')")
		Mono<String> pre() {
			return Mono.just("pre");
		}

		@GetMapping("/service/mono")
		Mono<String> serviceMono() {
			return this.notes.mono();
		}

		@GetMapping("/service/flux")
		Flux<String> serviceFlux() {
			return this.notes.flux();
		}

		@GetMapping("/service/scope")
		Mono<String> serviceScope() {
			return this.notes.scope();
		}

		@GetMapping("/service/twice")
		Mono<String> serviceTwice() {
			return this.notes.scope().repeat(1).collectList().map((all) -> String.join(",", all));
		}

		@GetMapping("/service/pre")
		Mono<String> servicePre() {
			return this.notes.pre();
		}

		@GetMapping("/service/organization")
		Mono<String> serviceOrganization() {
			return this.acting.get().map(Organization::id);
		}

		@GetMapping("/open/{id}")
		@PublicEndpoint
		String open() {
			return "open";
		}

		@GetMapping("/open/closed")
		String closed() {
			return "closed";
		}

		@GetMapping("/cross")
		@CrossOrigin("https://app.example")
		String cross() {
			return "cross";
		}

		@GetMapping("/fails")
		Mono<String> fails() {
			return Mono.error(new IllegalStateException("on purpose"));
		}

	}

	/**
	 * A bean with rules of its own.
	 */
	static class Notes {

		@RequiresRole("owner")
		Mono<String> mono() {
			return Mono.just("mono");
		}

		@RequiresPermission("read:everything")
		Flux<String> flux() {
			return Flux.just("flux");
		}

		@RequiresScope("read:notes")
		Mono<String> scope() {
			return Mono.just("scope");
		}

		@PreAuthorize("hasAuthority('SCOPE_write:notes')")
		public Mono<String> pre() {
			return Mono.just("pre");
		}

	}

	/**
	 * Would make failures of the server of refusals.
	 */
	@RestControllerAdvice
	static final class CatchAll {

		@ExceptionHandler(Exception.class)
		@ResponseStatus(HttpStatus.CONFLICT)
		String any(Exception exception) {
			return "caught " + exception.getClass().getSimpleName();
		}

	}

}
