package dev.authstarter.test.issuer;

import dev.authstarter.test.TokenForge;

/**
 * The one issuer of a JVM, started when it is needed first. Its threads are daemons, so
 * that it ends with the JVM.
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

	/** Make it what it was before a test. */
	static void recover() {
		ISSUER.recover();
		ISSUER.resetCounters();
		publishForgedKeys(ISSUER);
	}

	/** So that whatever a forge signs is the issuer's. */
	static void publishForgedKeys(TestIssuer issuer) {
		issuer.publishAgain(TokenForge.of(issuer.issuer(), "unused").publicKeys());
	}

}
