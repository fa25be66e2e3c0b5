package dev.authstarter.test;

import java.time.Clock;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.TrustedIssuers;
import dev.authstarter.keys.KeysAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of the forge and of the only thing it replaces: the issuer's keys.
 */
@AutoConfiguration(before = KeysAutoConfiguration.class)
final class ForgedTokensAutoConfiguration {

	/**
	 * With the application's own clock, so that a token is fresh in the application's
	 * time.
	 */
	@Bean
	TokenForge tokenForge(ObjectProvider<TrustedIssuers> issuers, ObjectProvider<Clock> clock) {
		TrustedIssuers trusted = issuers.getIfAvailable();
		if (trusted == null) {
			throw new IllegalStateException("Forged tokens need auth-starter in the application under test, and its "
					+ "auto-configuration is not active here. Remove @AutoConfigureForgedTokens from this test, or "
					+ "use it with @SpringBootTest or @WebMvcTest, in an application with the dependency "
					+ "'dev.authstarter:auth-starter' that does not exclude AuthStarterAutoConfiguration.");
		}
		TrustedIssuer issuer = trusted.first();
		makeKeysMeanwhile();
		return TokenForge.of(issuer.issuer(), issuer.audiences(), clock.getIfAvailable(Clock::systemUTC));
	}

	/** Keys take a moment to make, once per JVM. The context goes on starting. */
	private static void makeKeysMeanwhile() {
		Thread keys = new Thread(() -> ForgeKeys.published(), "forge-keys");
		keys.setDaemon(true);
		keys.start();
	}

	/** Primary, so that it also wins over keys that the application declares itself. */
	@Bean
	@Primary
	ForgedKeys forgedKeys(TokenForge forge) {
		return new ForgedKeys(forge);
	}

}
