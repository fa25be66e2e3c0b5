package dev.authstarter.test.issuer;

import java.net.URI;

/**
 * Where an issuer is.
 *
 * @param port its port on this machine
 * @param path the path of its identifier
 */
record IssuerAddress(int port, String path) {

	static final String OPENID_METADATA = "/.well-known/openid-configuration";

	static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

	static final String KEY_SET = "/jwks";

	static final String MOVED_KEY_SET = "/moved/jwks";

	static final String TOKEN = "/token";

	static final String INTROSPECTION = "/introspect";

	String issuer() {
		return origin() + this.path;
	}

	private String origin() {
		return "http://localhost:" + this.port;
	}

	/** Return the place of an endpoint. */
	URI uri(String endpoint) {
		return URI.create(origin() + endpointPath(endpoint));
	}

	String endpointPath(String endpoint) {
		return basePath() + endpoint;
	}

	String basePath() {
		return this.path.endsWith("/") ? this.path.substring(0, this.path.length() - 1) : this.path;
	}

}
