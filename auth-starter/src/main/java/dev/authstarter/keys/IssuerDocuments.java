package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

import dev.authstarter.issuer.BearerTokenFile;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.issuer.SecureTransport;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the documents that an issuer publishes: its metadata and its keys. Some issuers
 * require a bearer token for that.
 */
final class IssuerDocuments {

	private final IssuerHttpClient http;

	private final @Nullable BearerTokenFile token;

	IssuerDocuments(IssuerHttpClient http, @Nullable BearerTokenFile token) {
		this.http = http;
		this.token = token;
	}

	/**
	 * Fetch a JSON object.
	 * @param uri the address
	 * @param deadline the time limit, on the clock of {@link System#nanoTime()}
	 * @throws IOException if it cannot be fetched; the message is for the operator
	 */
	Map<String, Object> get(URI uri, long deadline) throws IOException {
		if (this.token == null) {
			return this.http.get(uri, deadline);
		}
		if (!"https".equals(uri.getScheme())) {
			throw new IOException("%s is not read: the bearer token for it would be sent over plain http"
				.formatted(SecureTransport.withoutSecrets(uri.toASCIIString())));
		}
		return this.http.get(uri, this.token.authorization(), deadline);
	}

}
