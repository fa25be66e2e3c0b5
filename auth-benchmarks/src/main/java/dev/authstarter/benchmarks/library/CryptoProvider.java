package dev.authstarter.benchmarks.library;

import dev.authstarter.benchmarks.NativeProvider;

/**
 * The provider of cryptography.
 */
public enum CryptoProvider {

	/** The providers of the JDK. */
	JDK,

	/** Amazon Corretto Crypto Provider, before all others. */
	ACCP;

	/** Install the provider, before any algorithm is looked up. */
	public void install() {
		if (this == ACCP) {
			NativeProvider.install();
		}
	}

}
