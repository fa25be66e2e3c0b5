package dev.authstarter.test;

import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of the only thing that forged tokens replace: the issuer's keys.
 */
@AutoConfiguration(after = TokenForgeAutoConfiguration.class, before = KeysAutoConfiguration.class)
@ConditionalOnClass(TrustedKeys.class)
final class ForgedKeysAutoConfiguration {

	/** Primary, so that it also wins over keys that the application declares itself. */
	@Bean
	@Primary
	ForgedKeys forgedKeys(TokenForge forge) {
		return new ForgedKeys(forge);
	}

}
