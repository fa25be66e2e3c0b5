package dev.authstarter.test.issuer.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * A request of a front end for an authorization code (RFC 6749 section 4.1.1, RFC 7636
 * section 4.3).
 *
 * @param parameters its parameters, each with one value
 */
record AuthorizationRequest(Map<String, String> parameters) {

	static final Set<String> NAMES = Set.of("response_type", "response_mode", "client_id", "redirect_uri", "scope",
			"state", "nonce", "code_challenge", "code_challenge_method", "prompt", "audience", "resource", "request",
			"request_uri");

	private static final int MAXIMUM_LENGTH = 2048;

	/** The hash of a verifier (RFC 7636 section 4.2). */
	private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

	/** RFC 6749 section 3.3. */
	private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");

	/**
	 * Read a request.
	 * @throws IllegalArgumentException if client or redirect URI are missing or unknown;
	 * the browser must not be redirected then (RFC 6749 section 4.1.2.1)
	 */
	static AuthorizationRequest read(MultiValueMap<String, String> parameters, FrontEnds frontEnds) {
		Map<String, String> single = new LinkedHashMap<>();
		for (String name : NAMES) {
			List<String> values = parameters.getOrDefault(name, List.of());
			if (values.size() > 1) {
				throw new IllegalArgumentException("The request has '%s' more than once.".formatted(name));
			}
			for (String value : values) {
				if (value.length() > MAXIMUM_LENGTH || value.chars().anyMatch(Character::isISOControl)) {
					throw new IllegalArgumentException(
							"'%s' has more than %d characters, or control characters.".formatted(name, MAXIMUM_LENGTH));
				}
				single.put(name, value);
			}
		}
		if (!StringUtils.hasText(single.get("client_id"))) {
			throw new IllegalArgumentException("'client_id' is missing.");
		}
		if (!frontEnds.redirectTo(single.getOrDefault("redirect_uri", ""))) {
			throw new IllegalArgumentException("'redirect_uri' is not in 'local-issuer.redirect-uris'.");
		}
		return new AuthorizationRequest(single);
	}

	String clientId() {
		return this.parameters.getOrDefault("client_id", "");
	}

	String redirectUri() {
		return this.parameters.getOrDefault("redirect_uri", "");
	}

	String challenge() {
		return this.parameters.getOrDefault("code_challenge", "");
	}

	@Nullable String nonce() {
		return this.parameters.get("nonce");
	}

	@Nullable String state() {
		return this.parameters.get("state");
	}

	List<String> scopes() {
		return List.of(StringUtils.tokenizeToStringArray(this.parameters.get("scope"), " "));
	}

	/**
	 * Validate the request.
	 * @param audiences the audiences of the API
	 * @return the error code and its description, or {@code null} if it is valid
	 */
	@Nullable OAuthError error(List<String> audiences) {
		if (this.parameters.containsKey("request")) {
			return new OAuthError("request_not_supported", "Request objects are not supported.");
		}
		if (this.parameters.containsKey("request_uri")) {
			return new OAuthError("request_uri_not_supported", "Request objects are not supported.");
		}
		if (!"code".equals(this.parameters.get("response_type"))) {
			return new OAuthError("unsupported_response_type", "response_type must be code.");
		}
		if (!"query".equals(this.parameters.getOrDefault("response_mode", "query"))) {
			return OAuthError.invalidRequest("response_mode must be query.");
		}
		if (!"S256".equals(this.parameters.get("code_challenge_method"))) {
			return OAuthError.invalidRequest("code_challenge_method must be S256.");
		}
		if (!CHALLENGE.matcher(challenge()).matches()) {
			return OAuthError.invalidRequest("code_challenge must be a SHA-256 hash in base64url.");
		}
		if (!scopes().stream().allMatch((scope) -> SCOPE.matcher(scope).matches())) {
			return new OAuthError("invalid_scope", "A scope has a character that is not allowed.");
		}
		for (String name : List.of("audience", "resource")) {
			if (this.parameters.containsKey(name) && !audiences.contains(this.parameters.get(name))) {
				return new OAuthError("invalid_target", name + " does not belong to this API.");
			}
		}
		return "none".equals(this.parameters.get("prompt"))
				? new OAuthError("login_required", "Sessions are not supported.") : null;
	}

}
