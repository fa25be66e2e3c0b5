package dev.authstarter.test.issuer;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of the local issuer. It overrides the application's properties that
 * name an issuer.
 */
@AutoConfiguration
final class TestIssuerAutoConfiguration {

	/** Not destroyed with the context, because other contexts use it. */
	@Bean(destroyMethod = "")
	TestIssuer testIssuer() {
		return SharedIssuer.get();
	}

	@Bean
	static BeanFactoryPostProcessor testIssuerProperties(ConfigurableEnvironment environment) {
		return (application) -> {
			if (application.containsBeanDefinition("forgedKeys")) {
				throw new IllegalStateException("@AutoConfigureForgedTokens replaces the issuer's keys and "
						+ "@AutoConfigureTestIssuer serves them: use one of the two. Both bring a TokenForge.");
			}
			TrustSettings.apply(environment, SharedIssuer.get());
		};
	}

}
