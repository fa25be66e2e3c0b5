package dev.authstarter.issuer;

import java.net.http.HttpClient;

import dev.authstarter.TrustedIssuer;

/**
 * Changes the HTTP client that an issuer's metadata and keys are fetched with, and that
 * its introspection endpoint is asked with: a proxy with credentials, an executor, a
 * version of HTTP. Beans of this type are applied in their order, each time a client is
 * made. Redirects are never followed, whatever they set.
 */
@FunctionalInterface
public interface IssuerHttpClientCustomizer {

	/**
	 * Change a client before it is built.
	 * @param issuer whom it is for
	 * @param client the client, with its connect timeout and the SSL bundle of the
	 * configuration
	 */
	void customize(TrustedIssuer issuer, HttpClient.Builder client);

}
