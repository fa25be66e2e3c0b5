package dev.authstarter.test.issuer.local;

import java.util.Map;

import dev.authstarter.test.issuer.http.Answer;

/**
 * An error of an endpoint (RFC 6749 sections 4.1.2.1 and 5.2).
 *
 * @param code the error code
 * @param description what is wrong, for developers
 */
record OAuthError(String code, String description) {

	static OAuthError invalidRequest(String description) {
		return new OAuthError("invalid_request", description);
	}

	static OAuthError invalidGrant(String description) {
		return new OAuthError("invalid_grant", description);
	}

	Answer answer() {
		return Answer.json(Map.of("error", this.code, "error_description", this.description))
			.withStatus("invalid_client".equals(this.code) ? 401 : 400)
			.withHeaders(Map.of("Cache-Control", "no-store"));
	}

}
