package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.jose.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Finds where an issuer publishes its keys.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID
 * Connect Discovery 1.0 section 4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414#section-3">RFC 8414 section 3</a>
 */
final class Discovery {

	/** Limit for quoted text of a server, since the message is logged on one line. */
	private static final int MAXIMUM_QUOTED = 200;

	private final String issuer;

	private final IssuerDocuments documents;

	private final SecureTransport transport;

	Discovery(String issuer, IssuerDocuments documents, SecureTransport transport) {
		this.issuer = issuer;
		this.documents = documents;
		this.transport = transport;
	}

	/**
	 * Read the issuer's metadata, in the form of OpenID Connect first.
	 * @param deadline when to give up, on the clock of {@link System#nanoTime()}
	 * @return the {@code jwks_uri}
	 * @throws IOException if neither document is usable; the message says why the first
	 * is not
	 */
	URI jwksUri(long deadline) throws IOException {
		IOException first = null;
		for (URI location : locations(URI.create(this.issuer))) {
			try {
				return jwksUri(location, this.documents.get(location, deadline));
			}
			catch (IOException ex) {
				first = (first != null) ? first : ex;
			}
		}
		throw (first != null) ? first : new IOException("No metadata");
	}

	static List<URI> locations(URI issuer) {
		String path = issuer.getRawPath();
		if (path.endsWith("/")) {
			path = path.substring(0, path.length() - 1);
		}
		String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
		return List.of(URI.create(origin + path + "/.well-known/openid-configuration"),
				URI.create(origin + "/.well-known/oauth-authorization-server" + path));
	}

	URI jwksUri(URI location, Map<String, Object> metadata) throws IOException {
		Object named = metadata.get("issuer");
		if (!this.issuer.equals(named)) {
			throw new IOException("%s names %s as the issuer, but the configured issuer is '%s'; both must be identical"
				.formatted(location, quoted(named), this.issuer));
		}
		URI jwksUri = toUri(metadata.get("jwks_uri"));
		if (jwksUri == null || !isAsSecureAsIssuer(jwksUri)) {
			String message = "%s has no https 'jwks_uri'".formatted(location);
			throw new IOException(
					this.issuer.startsWith("https:") ? message : message + ". " + SecureTransport.PLAIN_HTTP);
		}
		return jwksUri;
	}

	private static String quoted(@Nullable Object value) {
		if (!(value instanceof String text)) {
			return "nothing";
		}
		return "'" + PrintableText.of(text.substring(0, Math.min(text.length(), MAXIMUM_QUOTED))) + "'";
	}

	/**
	 * An {@code http} URI is allowed only if the issuer itself may be called over http.
	 */
	private boolean isAsSecureAsIssuer(URI uri) {
		return this.transport.isSecure(uri) && ("https".equals(uri.getScheme()) || !this.issuer.startsWith("https:"));
	}

	private static @Nullable URI toUri(@Nullable Object value) {
		try {
			return (value instanceof String text) ? URI.create(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
