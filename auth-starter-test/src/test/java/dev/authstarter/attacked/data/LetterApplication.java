package dev.authstarter.attacked.data;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application whose data is attacked.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(LetterController.class)
public class LetterApplication {

	@Bean
	Letters letters() {
		return new Letters();
	}

}
