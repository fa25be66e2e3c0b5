package dev.authstarter.test.issuer;

import dev.authstarter.test.TokenForge;

/**
 * The issuer that all tests of a JVM share, started on first use. Its threads are
 * daemons, so that it ends with the JVM.
 */
final class SharedIssuer {

	private static final TestIssuer ISSUER = start();

	private SharedIssuer() {
	}

	private static TestIssuer start() {
		TestIssuer issuer = TestIssuer.start();
		publishForgedKeys(issuer);
		return issuer;
	}

	static TestIssuer get() {
		return ISSUER;
	}

	/** Restore the state before a test. */
	static void recover() {
		ISSUER.recover();
		ISSUER.resetCounters();
		publishForgedKeys(ISSUER);
	}

	/** Publish the keys of the forge, so that the issuer's keys verify its tokens. */
	static void publishForgedKeys(TestIssuer issuer) {
		issuer.publishAgain(TokenForge.of(issuer.issuer(), "unused").publicKeys());
	}

}
