package dev.authstarter.test;

import java.time.Clock;

import dev.authstarter.Reason;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.TokenProfile;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.test.signing.ForgeKeys;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the forge for the application's issuers.
 */
@AutoConfiguration
@ConditionalOnClass(TrustedIssuers.class)
final class TokenForgeAutoConfiguration {

	private static final Log logger = LogFactory.getLog(TokenForgeAutoConfiguration.class);

	/**
	 * Uses the clock with which the application validates tokens, so that a new token is
	 * valid there.
	 */
	@Bean
	TokenForge tokenForge(ObjectProvider<TrustedIssuers> issuers, ObjectProvider<ClaimReaders> providers,
			ObjectProvider<AuthStarterProperties> properties, ObjectProvider<ForgeKeys> keys,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) ObjectProvider<Clock> clock) {
		TrustedIssuers trusted = issuers.getIfAvailable();
		if (trusted == null) {
			throw new IllegalStateException("Forged tokens need auth-starter in the application under test, and its "
					+ "auto-configuration is not active here. Remove the annotation that enables them from this test, "
					+ "or use it with @SpringBootTest or @WebMvcTest, in an application that does not exclude "
					+ "AuthStarterAutoConfiguration.");
		}
		return TokenForge.of(trusted, providers.getObject(), properties.getObject().profile() == TokenProfile.RFC9068,
				clock.getObject(), keys.getIfAvailable(TokenForgeAutoConfiguration::generatedKeys));
	}

	private static ForgeKeys generatedKeys() {
		ForgeKeys.makeMeanwhile();
		return ForgeKeys.of(0);
	}

	/**
	 * Logs a warning, because assertions other than those of this module show only the
	 * status.
	 */
	@Bean
	AuthListener callersWithoutToken() {
		return new AuthListener() {

			@Override
			public void requestRefused(RequestRefused refused) {
				if (Reason.TOKEN_REQUIRED.equals(refused.reason())) {
					logger.warn("A request was refused with 403 token_required. " + Response.OTHER_CALLER);
				}
			}

		};
	}

}
