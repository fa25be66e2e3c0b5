package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.issuer.SecureTransport;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's key set from the configured address or from the one in its
 * metadata. A discovered address is kept until a fetch fails.
 */
final class RemoteJwkSet implements KeySource {

	private final IssuerDocuments documents;

	private final Duration timeout;

	private final Discovery discovery;

	private final UsableKeys usable;

	private final @Nullable URI configuredJwksUri;

	private @Nullable URI discoveredJwksUri;

	RemoteJwkSet(TrustedIssuer issuer, IssuerDocuments documents, SecureTransport transport, Duration timeout) {
		this.documents = documents;
		this.timeout = timeout;
		this.discovery = new Discovery(issuer.issuer(), documents, transport);
		this.usable = new UsableKeys(issuer);
		this.configuredJwksUri = issuer.jwksUri();
	}

	@Override
	public JWKSet fetch() throws IOException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		try {
			return this.usable.of(fetch(deadline));
		}
		catch (IOException | RuntimeException ex) {
			this.discoveredJwksUri = null;
			throw ex;
		}
	}

	private Map<String, Object> fetch(long deadline) throws IOException {
		if (this.configuredJwksUri != null) {
			return this.documents.get(this.configuredJwksUri, deadline);
		}
		URI jwksUri = this.discoveredJwksUri;
		if (jwksUri == null) {
			jwksUri = this.discovery.jwksUri(deadline);
			this.discoveredJwksUri = jwksUri;
		}
		return this.documents.get(jwksUri, deadline);
	}

}
