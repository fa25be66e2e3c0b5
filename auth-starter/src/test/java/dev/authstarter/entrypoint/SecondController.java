package dev.authstarter.entrypoint;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * A controller of a second {@code DispatcherServlet}, in a separate context.
 */
@EnableWebMvc
@RestController
class SecondController {

	@GetMapping("/notes")
	String notes() {
		return "second";
	}

}
