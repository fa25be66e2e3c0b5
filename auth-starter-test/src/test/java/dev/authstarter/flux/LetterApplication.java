package dev.authstarter.flux;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.reactive.ReactiveOrganization;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * An application of WebFlux with a controller, a route and a service with rules.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ LetterApplication.Letters.class, LetterApplication.LetterController.class })
class LetterApplication {

	@Bean
	RouterFunction<ServerResponse> routes(ReactiveOrganization acting) {
		return route()
			.GET("/routes/organizations/{organizationId}/letters",
					(request) -> acting.get()
						.flatMap((organization) -> ServerResponse.ok().bodyValue(organization.id())))
			.build();
	}

	/**
	 * A service with rules of its own.
	 */
	static class Letters {

		private final ReactiveOrganization acting;

		Letters(ReactiveOrganization acting) {
			this.acting = acting;
		}

		@RequiresScope("read:letters")
		Flux<String> list() {
			return this.acting.get().map(Organization::id).flux();
		}

		@RequiresRole("editor")
		Mono<String> write(String text) {
			return this.acting.get().map((organization) -> text + " of " + organization.id());
		}

	}

	/**
	 * Handlers with rules.
	 */
	@RestController
	static class LetterController {

		private final Letters letters;

		LetterController(Letters letters) {
			this.letters = letters;
		}

		@GetMapping("/organizations/{organizationId}/letters")
		@RequiresScope("read:letters")
		Flux<String> list() {
			return this.letters.list();
		}

		@PostMapping("/organizations/{organizationId}/letters")
		Mono<String> write(@RequestBody String text) {
			return this.letters.write(text);
		}

		@GetMapping("/me")
		Mono<String> me(AccessToken caller) {
			return Mono.just(caller.subject());
		}

	}

}
