package dev.authstarter.benchmarks;

/**
 * Who does the cryptography.
 */
public enum CryptoProvider {

	/** What comes with Java. */
	JDK,

	/** Amazon Corretto Crypto Provider before all others. */
	ACCP;

	/** To be called before anything asks for an algorithm. */
	void install() {
		if (this == ACCP) {
			NativeProvider.install();
		}
	}

}
