package dev.authstarter.claims;

import dev.authstarter.AuthStarterAutoConfiguration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of claim mapping: what a token says, in our words.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class ClaimsAutoConfiguration {

	@Bean
	Providers providers() {
		Provider generic = new GenericProvider();
		return (issuer) -> generic;
	}

	@Bean
	JwtAccessTokens accessTokenReader(Providers providers) {
		return new JwtAccessTokens(providers);
	}

}
