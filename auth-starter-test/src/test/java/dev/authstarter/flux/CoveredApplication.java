package dev.authstarter.flux;

import java.util.Map;

import dev.authstarter.RequiresScope;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * An application of WebFlux with a handler for each way in which coverage can see it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CoveredApplication.Handlers.class)
class CoveredApplication {

	@Bean
	RouterFunction<ServerResponse> routes() {
		return route().GET("/routes/{id}", (request) -> ServerResponse.ok().bodyValue("route"))
			.GET("/routes/{id}/never", (request) -> ServerResponse.ok().bodyValue("never"))
			.build();
	}

	/**
	 * Handlers of controllers.
	 */
	@RestController
	static class Handlers {

		@GetMapping("/scope/{id}")
		@RequiresScope("read:letters")
		Mono<String> scope(@PathVariable String id) {
			return Mono.just(id);
		}

		@GetMapping("/scope/only-refused")
		@RequiresScope("read:letters")
		Mono<String> onlyRefused() {
			return Mono.just("refused");
		}

		@GetMapping("/only-allowed")
		Mono<String> onlyAllowed() {
			return Mono.just("allowed");
		}

		@GetMapping("/never")
		Mono<String> never() {
			return Mono.just("never");
		}

		@GetMapping("/stock")
		@PreAuthorize("hasAuthority('SCOPE_read:letters')")
		Mono<String> stock() {
			return Mono.just("stock");
		}

		@GetMapping("/organizations/{organizationId}/letters")
		Mono<String> hidden() {
			return Mono.just("hidden");
		}

		@GetMapping("/missing/{id}")
		Mono<String> missing(@PathVariable String id) {
			return Mono.error(new ResponseStatusException(HttpStatus.NOT_FOUND));
		}

		@GetMapping("/broken")
		Mono<Map<String, String>> broken() {
			return Mono.error(new IllegalStateException("broken"));
		}

		@GetMapping(path = "/same", params = "one")
		Mono<String> sameWithOne() {
			return Mono.just("one");
		}

		@GetMapping(path = "/same", params = "two")
		Mono<String> sameWithTwo() {
			return Mono.just("two");
		}

		@GetMapping("/public")
		Mono<String> open() {
			return Mono.just("open");
		}

	}

}
