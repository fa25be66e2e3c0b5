package dev.authstarter.attacked.data;

import java.util.List;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

/**
 * The application of WebFlux whose data is attacked.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FluxLetters.class)
public class FluxLetterApplication {

	@Bean
	Letters letters() {
		return new Letters();
	}

	/** Compares no owner. */
	@Bean
	RouterFunction<ServerResponse> routes(Letters letters) {
		return route().GET("/holes/routes/{id}", (request) -> {
			List<Letter> found = letters.where((letter) -> letter.id().toString().equals(request.pathVariable("id")));
			return found.isEmpty() ? ServerResponse.notFound().build() : ServerResponse.ok().bodyValue(found.get(0));
		}).build();
	}

}
