package dev.authstarter.attacked;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application that the attacks are sent to.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(NoteController.class)
public class NoteApplication {

	@Bean
	static BrokenApplications holes() {
		return new BrokenApplications();
	}

}
