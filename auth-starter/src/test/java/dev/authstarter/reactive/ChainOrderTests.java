package dev.authstarter.reactive;

import dev.authstarter.fixture.TestTrust;
import dev.authstarter.reactive.chain.LastChain;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.reactive.ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The library's chain is matched before those that Spring Boot configures.
 */
class ChainOrderTests {

	@Test
	void isMatchedBeforeChainsOfSpringBoot() {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one")
			.run((context) -> assertThat(context.getBeanProvider(SecurityWebFilterChain.class).orderedStream())
				.hasSizeGreaterThan(1)
				.first()
				.isInstanceOf(LastChain.class));
	}

	/**
	 * Another auto-configuration can move that of Spring Boot forward, which would come
	 * later in the alphabet.
	 */
	@Test
	void isConfiguredBeforeChainOfSpringBoot() {
		assertThat(Configurations.getClasses(AutoConfigurations.of(AfterChainOfSpringBoot.class,
				ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class,
				ReactiveApiSecurityAutoConfiguration.class)))
			.containsExactly(ReactiveApiSecurityAutoConfiguration.class,
					ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class, AfterChainOfSpringBoot.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

	}

	@AutoConfiguration(after = ReactiveOAuth2ResourceServerWebSecurityAutoConfiguration.class)
	static class AfterChainOfSpringBoot {

	}

}
