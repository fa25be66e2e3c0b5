package dev.authstarter.web;

import dev.authstarter.fixture.TestTrust;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/**
 * An application without handlers, and a user who may log in.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(TestTrust.class)
class ChainsApi {

	@Bean
	InMemoryUserDetailsManager userDetails() {
		return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}alice").build());
	}

}
