package dev.authstarter.claims;

import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.TrustedIssuers;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finds the provider of an issuer in a started application.
 */
public final class StartedClaimReader {

	private StartedClaimReader() {
	}

	public static ClaimReader of(ApplicationContext started, String issuer) {
		TrustedIssuer trusted = started.getBean(TrustedIssuers.class).find(Map.of("iss", issuer));
		assertThat(trusted).isNotNull();
		return started.getBean(ClaimReaders.class).of(trusted);
	}

}
