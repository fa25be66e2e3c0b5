package dev.authstarter.servlet;

import java.util.ArrayList;
import java.util.List;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
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

	/** Start it with chains and handlers. */
	static ConfigurableApplicationContext start(Constellation constellation, List<Class<?>> handlers,
			String... properties) {
		List<Class<?>> sources = new ArrayList<>(List.of(ChainsApi.class, constellation.chains()));
		sources.addAll(handlers);
		return new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE)
			.properties(properties)
			.run();
	}

	static HttpCalls http(ConfigurableApplicationContext started) {
		return new HttpCalls(started.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@Bean
	InMemoryUserDetailsManager userDetails() {
		return new InMemoryUserDetailsManager(User.withUsername("alice").password("{noop}alice").build());
	}

}
