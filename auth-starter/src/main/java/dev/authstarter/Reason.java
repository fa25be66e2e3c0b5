package dev.authstarter;

import dev.authstarter.issuer.IssuerResolver;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused: one stable code for the log, the metrics, the challenge
 * header, the problem body and the tests.
 * <p>
 * A reason fixes the HTTP status and the OAuth error code of the answer (RFC 6750 section
 * 3.1). Its description is constant, so that nothing of a token can reach a client
 * through it.
 */
public enum Reason {

	/** The {@code Authorization} header is not of the form RFC 6750 section 2.1 asks. */
	MALFORMED_REQUEST(400, "invalid_request", "The Authorization header is malformed"),

	/** More than one credential was sent (RFC 6750 section 2). */
	MULTIPLE_CREDENTIALS(400, "invalid_request", "More than one credential was sent"),

	/** The request names two different organizations. */
	ORGANIZATION_AMBIGUOUS(400, "invalid_request", "The request names more than one organization"),

	/** The token names several organizations and the request none. */
	ORGANIZATION_UNSPECIFIED(400, "invalid_request", "The request must name one of the token's organizations"),

	/** No credential was sent, or one of another scheme. */
	MISSING_TOKEN(401, null, "A bearer token is required"),

	/** Not a signed JWT in compact form, or its JSON is broken (RFC 7519 section 7.2). */
	MALFORMED_TOKEN(401, "invalid_token", "The token is malformed"),

	/** Longer than this API reads. */
	TOKEN_TOO_LONG(401, "invalid_token", "The token is too long"),

	/** The header names an algorithm that is not allowed (RFC 8725 section 3.1). */
	ALGORITHM_NOT_ALLOWED(401, "invalid_token", "The token's algorithm is not allowed"),

	/**
	 * The header demands an extension that is not understood (RFC 7515 section 4.1.11).
	 */
	CRITICAL_HEADER(401, "invalid_token", "The token demands an unsupported extension"),

	/** The header type is not that of an access token (RFC 9068 section 4). */
	WRONG_TYPE(401, "invalid_token", "The token is not an access token"),

	/** An ID token, which is for the client and never for an API. */
	ID_TOKEN(401, "invalid_token", "An ID token is not an access token"),

	/** A refresh token, which is for the authorization server alone. */
	REFRESH_TOKEN(401, "invalid_token", "A refresh token is not an access token"),

	/** A logout token (OpenID Connect Back-Channel Logout section 2.4). */
	LOGOUT_TOKEN(401, "invalid_token", "A logout token is not an access token"),

	/** A security event token (RFC 8417). */
	SECURITY_EVENT_TOKEN(401, "invalid_token", "A security event token is not an access token"),

	/** Nothing in the token proves that it is an access token. */
	NOT_AN_ACCESS_TOKEN(401, "invalid_token", "The token is not known to be an access token"),

	/** The issuer is not one that this API trusts. */
	WRONG_ISSUER(401, "invalid_token", "The token is from an unknown issuer"),

	/** The token is meant for another API, or does not say for which. */
	WRONG_AUDIENCE(401, "invalid_token", "The token is meant for another audience"),

	/** The token's time is over, or it does not say when that is. */
	TOKEN_EXPIRED(401, "invalid_token", "The token has expired"),

	/** The token does not say when it expires. */
	MISSING_EXPIRY(401, "invalid_token", "The token does not expire"),

	/** The token's time has not come yet ({@code nbf}, {@code iat}). */
	TOKEN_NOT_YET_VALID(401, "invalid_token", "The token is not valid yet"),

	/** The token lives longer than this API allows. */
	LIFETIME_TOO_LONG(401, "invalid_token", "The token lives longer than allowed"),

	/** A claim that this API requires is missing. */
	MISSING_CLAIM(401, "invalid_token", "The token lacks a required claim"),

	/**
	 * The token is bound to a proof of possession that was not, or cannot be, checked.
	 */
	UNPROVEN_POSSESSION(401, "invalid_token", "The token must be presented with a proof of possession"),

	/** The issuer has no key that fits the token's header. */
	UNKNOWN_KEY(401, "invalid_token", "The token was signed with an unknown key"),

	/** The signature does not verify. */
	BAD_SIGNATURE(401, "invalid_token", "The token's signature is invalid"),

	/** A rule of the application refused the token. */
	REFUSED_BY_RULE(401, "invalid_token", "The token was refused by a rule of this API"),

	/** The introspection endpoint says that the token is not active (RFC 7662). */
	INACTIVE_TOKEN(401, "invalid_token", "The token is not active"),

	/** The token lacks a scope (RFC 6750 section 3.1). */
	INSUFFICIENT_SCOPE(403, "insufficient_scope", "The token lacks a required scope"),

	/** The caller lacks a role. */
	INSUFFICIENT_ROLE(403, null, "The caller lacks a required role"),

	/** The caller lacks a permission. */
	INSUFFICIENT_PERMISSION(403, null, "The caller lacks a required permission"),

	/**
	 * The caller is authenticated in another way, for example by a session of a login
	 * form, where only an access token will do.
	 */
	TOKEN_REQUIRED(403, null, "An access token is required, and the caller is authenticated in another way"),

	/** A person where a machine is expected, or the other way round. */
	WRONG_CALLER(403, null, "This is not for this kind of caller"),

	/** The token grants nothing at all: neither scope, role nor permission. */
	NO_GRANTS(403, "insufficient_scope", "The token grants no scope, role or permission"),

	/** The caller may not call this handler. */
	ACCESS_DENIED(403, null, "The caller may not do this"),

	/** The request is for an organization that the token does not name. */
	ORGANIZATION_MISMATCH(403, null, "The token is not for this organization"),

	/** The request is for an organization and the token names none. */
	ORGANIZATION_MISSING(403, null, "The token names no organization"),

	/**
	 * The token is genuine, but none of its organizations may call this API. A new token
	 * would not change that.
	 */
	ORGANIZATION_NOT_ALLOWED(403, null, "The token is of an organization that may not call this API"),

	/**
	 * The application's own policy refuses the organization, or its identifier cannot be
	 * one of the application's rows.
	 */
	ORGANIZATION_REFUSED(403, null, "The organization may not use this API"),

	/** There is no such thing for this caller. */
	NOT_FOUND(404, null, "There is no such resource"),

	/**
	 * The request was authenticated, and what it led to was decided on a thread that knew
	 * of no caller. A fault of the application.
	 */
	CALLER_LOST(500, null, "The request failed on the server"),

	/**
	 * Keys to check the token with are not available at the moment, or an
	 * {@link IssuerResolver} failed.
	 */
	KEYS_UNAVAILABLE(503, null, "Tokens cannot be checked at the moment"),

	/** The introspection endpoint is not available at the moment. */
	INTROSPECTION_UNAVAILABLE(503, null, "Tokens cannot be checked at the moment");

	private final String code;

	private final int status;

	private final @Nullable String error;

	private final String description;

	Reason(int status, @Nullable String error, String description) {
		this.code = name().toLowerCase(java.util.Locale.ROOT);
		this.status = status;
		this.error = error;
		this.description = description;
	}

	/**
	 * Return the stable code, for example {@code token_expired}.
	 * @return lower case letters and underscores, never empty
	 */
	public String code() {
		return this.code;
	}

	/**
	 * Return the HTTP status of the answer.
	 * @return 400, 401, 403, 404, 500 or 503
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Return the OAuth error code of the challenge.
	 * @return {@code invalid_request}, {@code invalid_token} or
	 * {@code insufficient_scope}, or {@code null} where RFC 6750 has none
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * Return a sentence without a full stop, in the characters that RFC 6750 section 3
	 * allows in {@code error_description}.
	 * @return a constant text
	 */
	public String description() {
		return this.description;
	}

}
