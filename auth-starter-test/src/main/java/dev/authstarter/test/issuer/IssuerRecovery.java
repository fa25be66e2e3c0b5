package dev.authstarter.test.issuer;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Ends the faults of the shared issuer after each test.
 */
final class IssuerRecovery implements AfterEachCallback {

	@Override
	public void afterEach(ExtensionContext test) {
		SharedIssuer.recover();
	}

}
