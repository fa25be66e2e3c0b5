package dev.authstarter.issuer;

import java.net.http.HttpClient;

import dev.authstarter.TrustedIssuer;

/**
 * What judges the certificates of issuers' servers.
 */
interface IssuerTrust {

	/**
	 * Let a client judge by it.
	 * @param issuer whom the client is for
	 * @param client the client
	 * @throws RuntimeException if the certificates cannot be read
	 */
	void applyTo(TrustedIssuer issuer, HttpClient.Builder client);

	/**
	 * Return a sentence for the operator about what judges the certificates of an issuer,
	 * and which property says so.
	 */
	String describe(TrustedIssuer issuer);

	/**
	 * Tell somebody when other certificates count.
	 */
	void onChange(Runnable listener);

}
