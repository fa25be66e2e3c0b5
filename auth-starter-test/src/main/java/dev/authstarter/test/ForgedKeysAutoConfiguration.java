package dev.authstarter.test;

import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration that replaces the issuer's keys by those of the forge.
 */
@AutoConfiguration(after = TokenForgeAutoConfiguration.class, before = KeysAutoConfiguration.class)
@ConditionalOnClass(TrustedKeys.class)
final class ForgedKeysAutoConfiguration {

	/** Primary, so that it also overrides keys that the application declares itself. */
	@Bean
	@Primary
	ForgedKeys forgedKeys(TokenForge forge) {
		return new ForgedKeys(forge);
	}

}
