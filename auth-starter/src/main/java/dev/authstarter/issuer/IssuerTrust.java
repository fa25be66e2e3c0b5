package dev.authstarter.issuer;

import java.net.http.HttpClient;

import dev.authstarter.TrustedIssuer;

/**
 * Validates the certificates of issuers' servers.
 */
interface IssuerTrust {

	/**
	 * Configure a client to validate certificates with it.
	 * @param issuer the issuer that the client is for
	 * @param client the client
	 * @throws RuntimeException if the certificates cannot be read
	 */
	void applyTo(TrustedIssuer issuer, HttpClient.Builder client);

	/**
	 * Return a sentence for the operator that names the trust store for the certificates
	 * of an issuer, and the property that sets it.
	 */
	String describe(TrustedIssuer issuer);

	/**
	 * Register a listener that is notified when the trusted certificates change.
	 */
	void onChange(Runnable listener);

}
