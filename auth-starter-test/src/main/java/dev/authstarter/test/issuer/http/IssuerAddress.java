package dev.authstarter.test.issuer.http;

import java.net.URI;

/**
 * The address of an issuer.
 *
 * @param port its port on the loopback interface
 * @param path the path of its identifier
 */
public record IssuerAddress(int port, String path) {

	public static final String OPENID_METADATA = "/.well-known/openid-configuration";

	public static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

	public static final String KEY_SET = "/jwks";

	public static final String MOVED_KEY_SET = "/moved/jwks";

	public static final String TOKEN = "/token";

	public static final String AUTHORIZATION = "/authorize";

	public static final String LOGIN = "/login";

	public static final String INTROSPECTION = "/introspect";

	public String issuer() {
		return origin() + this.path;
	}

	private String origin() {
		return "http://localhost:" + this.port;
	}

	/** Return the URL of an endpoint. */
	public URI uri(String endpoint) {
		return URI.create(origin() + endpointPath(endpoint));
	}

	public String endpointPath(String endpoint) {
		return basePath() + endpoint;
	}

	public String basePath() {
		return this.path.endsWith("/") ? this.path.substring(0, this.path.length() - 1) : this.path;
	}

}
