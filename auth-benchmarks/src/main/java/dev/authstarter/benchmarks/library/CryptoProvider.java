package dev.authstarter.benchmarks.library;

import dev.authstarter.benchmarks.NativeProvider;

/**
 * Who does the cryptography.
 */
public enum CryptoProvider {

	/** What comes with Java. */
	JDK,

	/** Amazon Corretto Crypto Provider before all others. */
	ACCP;

	/** To be called before anything asks for an algorithm. */
	public void install() {
		if (this == ACCP) {
			NativeProvider.install();
		}
	}

}
