package dev.authstarter.operations;

import dev.authstarter.AuthStarterAutoConfiguration;
import dev.authstarter.TrustedIssuers;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of what the operator sees.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class OperationsAutoConfiguration {

	@Bean
	ConfigurationLint configurationLint(TrustedIssuers issuers) {
		return new ConfigurationLint(issuers);
	}

}
