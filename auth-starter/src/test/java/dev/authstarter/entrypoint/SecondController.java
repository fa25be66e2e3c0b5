package dev.authstarter.entrypoint;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * What a second servlet of Spring MVC serves, from a context that nobody else knows.
 */
@EnableWebMvc
@RestController
class SecondController {

	@GetMapping("/notes")
	String notes() {
		return "second";
	}

}
