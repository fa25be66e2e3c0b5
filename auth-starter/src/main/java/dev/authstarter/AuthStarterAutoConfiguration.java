package dev.authstarter;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what every feature starts from: the properties and the issuers
 * that this API trusts.
 */
@AutoConfiguration
@EnableConfigurationProperties(AuthStarterProperties.class)
public final class AuthStarterAutoConfiguration {

	/** Static, since it is needed before the properties are bound. */
	@Bean
	static EmptyProperties emptyProperties() {
		return new EmptyProperties();
	}

	@Bean
	TrustedIssuers trustedIssuers(AuthStarterProperties properties, Environment environment) {
		return new IssuerProperties(properties, environment).judge();
	}

	@Bean
	AuthListeners authListeners(ObjectProvider<AuthListener> listeners) {
		return new AuthListeners(() -> listeners.orderedStream().toList());
	}

}
