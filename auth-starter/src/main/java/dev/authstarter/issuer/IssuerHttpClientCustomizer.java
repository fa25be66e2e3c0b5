package dev.authstarter.issuer;

import java.net.http.HttpClient;

import dev.authstarter.TrustedIssuer;

/**
 * Customizes the HTTP client for an issuer's metadata, keys and introspection endpoint,
 * for example with a proxy and its credentials, an executor or an HTTP version. Beans of
 * this type are applied in their order each time a client is created. Redirects are never
 * followed, whatever a customizer sets.
 */
@FunctionalInterface
public interface IssuerHttpClientCustomizer {

	/**
	 * Customize a client before it is built.
	 * @param issuer the issuer that the client is for
	 * @param client the client, with its connect timeout and the SSL bundle of the
	 * configuration
	 */
	void customize(TrustedIssuer issuer, HttpClient.Builder client);

}
