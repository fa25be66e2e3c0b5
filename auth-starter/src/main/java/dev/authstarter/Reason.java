package dev.authstarter;

import java.io.Serial;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.issuer.IssuerResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The reason why a request was refused: one stable code for the log, the metrics, the
 * challenge header, the problem body and the tests.
 * <p>
 * A reason fixes the HTTP status and the OAuth error code of the answer (RFC 6750 section
 * 3.1). Its description is constant, so that nothing of a token can reach a client
 * through it.
 * <p>
 * Guards and services of an application can refuse for their own reasons, created by
 * {@link #of}. Declare each as a bean: it then has its own time series in the metrics,
 * and start-up fails if two beans have the same code. Refusals for a reason that is not a
 * bean are counted as {@code other}.
 */
public final class Reason implements Comparable<Reason>, Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The statuses that a reason of an application may have. */
	private static final Set<Integer> STATUSES = Set.of(400, 401, 403, 404, 409, 429, 503);

	private static final String CODE = "[a-z][a-z0-9]*(_[a-z0-9]+)*";

	private static final int LONGEST_CODE = 64;

	/** Values of the metrics that are not reasons. */
	private static final Set<String> RESERVED = Set.of("none", "other");

	/** RFC 6750 section 3, for {@code error_description}. */
	private static final String DESCRIPTION = "[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}";

	private static final Map<String, Reason> BUILT_IN = new LinkedHashMap<>();

	/**
	 * The {@code Authorization} header does not have the form of RFC 6750 section 2.1.
	 */
	public static final Reason MALFORMED_REQUEST = constant("malformed_request", 400, "invalid_request",
			"The Authorization header is malformed");

	/** More than one credential was sent (RFC 6750 section 2). */
	public static final Reason MULTIPLE_CREDENTIALS = constant("multiple_credentials", 400, "invalid_request",
			"More than one credential was sent");

	/** The request names different organizations. */
	public static final Reason ORGANIZATION_AMBIGUOUS = constant("organization_ambiguous", 400, "invalid_request",
			"The request names more than one organization");

	/** The token names several organizations and the request none. */
	public static final Reason ORGANIZATION_UNSPECIFIED = constant("organization_unspecified", 400, "invalid_request",
			"The request must name one of the token's organizations");

	/** No credential was sent, or one of another scheme. */
	public static final Reason MISSING_TOKEN = constant("missing_token", 401, null, "A bearer token is required");

	/**
	 * The token is not a signed JWT in compact form, or its JSON is invalid (RFC 7519
	 * section 7.2).
	 */
	public static final Reason MALFORMED_TOKEN = constant("malformed_token", 401, "invalid_token",
			"The token is malformed");

	/** The token is longer than this API accepts. */
	public static final Reason TOKEN_TOO_LONG = constant("token_too_long", 401, "invalid_token",
			"The token is too long");

	/** The header names an algorithm that is not allowed (RFC 8725 section 3.1). */
	public static final Reason ALGORITHM_NOT_ALLOWED = constant("algorithm_not_allowed", 401, "invalid_token",
			"The token's algorithm is not allowed");

	/**
	 * The header requires an extension that is not supported ({@code crit}, RFC 7515
	 * section 4.1.11).
	 */
	public static final Reason CRITICAL_HEADER = constant("critical_header", 401, "invalid_token",
			"The token requires an unsupported extension");

	/** The header type is not that of an access token (RFC 9068 section 4). */
	public static final Reason WRONG_TYPE = constant("wrong_type", 401, "invalid_token",
			"The token is not an access token");

	/** An ID token, which is for the client and never for an API. */
	public static final Reason ID_TOKEN = constant("id_token", 401, "invalid_token",
			"An ID token is not an access token");

	/** A refresh token, which is for the authorization server alone. */
	public static final Reason REFRESH_TOKEN = constant("refresh_token", 401, "invalid_token",
			"A refresh token is not an access token");

	/** A logout token (OpenID Connect Back-Channel Logout section 2.4). */
	public static final Reason LOGOUT_TOKEN = constant("logout_token", 401, "invalid_token",
			"A logout token is not an access token");

	/** A security event token (RFC 8417). */
	public static final Reason SECURITY_EVENT_TOKEN = constant("security_event_token", 401, "invalid_token",
			"A security event token is not an access token");

	/** Nothing in the token proves that it is an access token. */
	public static final Reason NOT_AN_ACCESS_TOKEN = constant("not_an_access_token", 401, "invalid_token",
			"The token is not known to be an access token");

	/** The issuer is not one that this API trusts. */
	public static final Reason WRONG_ISSUER = constant("wrong_issuer", 401, "invalid_token",
			"The token is from an unknown issuer");

	/** The token is meant for another API, or names no audience. */
	public static final Reason WRONG_AUDIENCE = constant("wrong_audience", 401, "invalid_token",
			"The token is meant for another audience");

	/** The token has expired ({@code exp}, RFC 7519 section 4.1.4). */
	public static final Reason TOKEN_EXPIRED = constant("token_expired", 401, "invalid_token", "The token has expired");

	/** The token has no expiry time ({@code exp}). */
	public static final Reason MISSING_EXPIRY = constant("missing_expiry", 401, "invalid_token",
			"The token has no expiry");

	/** The token is not valid yet ({@code nbf}, {@code iat}). */
	public static final Reason TOKEN_NOT_YET_VALID = constant("token_not_yet_valid", 401, "invalid_token",
			"The token is not valid yet");

	/** The lifetime of the token is longer than this API allows. */
	public static final Reason LIFETIME_TOO_LONG = constant("lifetime_too_long", 401, "invalid_token",
			"The lifetime of the token is too long");

	/** A claim that this API requires is missing. */
	public static final Reason MISSING_CLAIM = constant("missing_claim", 401, "invalid_token",
			"The token lacks a required claim");

	/**
	 * The token is bound to a proof of possession that was not, or cannot be, checked.
	 */
	public static final Reason UNPROVEN_POSSESSION = constant("unproven_possession", 401, "invalid_token",
			"The token must be presented with a proof of possession");

	/** The issuer has no key that matches the token's header. */
	public static final Reason UNKNOWN_KEY = constant("unknown_key", 401, "invalid_token",
			"The token was signed with an unknown key");

	/** The signature does not verify. */
	public static final Reason BAD_SIGNATURE = constant("bad_signature", 401, "invalid_token",
			"The token's signature is invalid");

	/** A rule of the application refused the token. */
	public static final Reason REFUSED_BY_RULE = constant("refused_by_rule", 401, "invalid_token",
			"The token was refused by a rule of this API");

	/** The introspection endpoint says that the token is not active (RFC 7662). */
	public static final Reason INACTIVE_TOKEN = constant("inactive_token", 401, "invalid_token",
			"The token is not active");

	/** The token lacks a scope (RFC 6750 section 3.1). */
	public static final Reason INSUFFICIENT_SCOPE = constant("insufficient_scope", 403, "insufficient_scope",
			"The token lacks a required scope");

	/** The caller lacks a role. */
	public static final Reason INSUFFICIENT_ROLE = constant("insufficient_role", 403, null,
			"The caller lacks a required role");

	/** The caller lacks a permission. */
	public static final Reason INSUFFICIENT_PERMISSION = constant("insufficient_permission", 403, null,
			"The caller lacks a required permission");

	/**
	 * The caller is authenticated in another way, for example by a form login session,
	 * but an access token is required.
	 */
	public static final Reason TOKEN_REQUIRED = constant("token_required", 403, null,
			"An access token is required, and the caller is authenticated in another way");

	/** The caller is a user where a machine is required, or the other way round. */
	public static final Reason WRONG_CALLER = constant("wrong_caller", 403, null, "This type of caller is not allowed");

	/**
	 * The token has an actor where none is allowed, or lacks the required actor (RFC 8693
	 * section 4.1).
	 */
	public static final Reason WRONG_ACTOR = constant("wrong_actor", 403, null,
			"The actor of the token may not do this");

	/** The token grants no scope, role or permission. */
	public static final Reason NO_GRANTS = constant("no_grants", 403, "insufficient_scope",
			"The token grants no scope, role or permission");

	/** The caller may not call this handler. */
	public static final Reason ACCESS_DENIED = constant("access_denied", 403, null, "The caller may not do this");

	/** The request is for an organization that the token does not name. */
	public static final Reason ORGANIZATION_MISMATCH = constant("organization_mismatch", 403, null,
			"The token is not for this organization");

	/** The request is for an organization and the token names none. */
	public static final Reason ORGANIZATION_MISSING = constant("organization_missing", 403, null,
			"The token names no organization");

	/**
	 * The token is valid, but none of its organizations may call this API. A new token
	 * would not change that.
	 */
	public static final Reason ORGANIZATION_NOT_ALLOWED = constant("organization_not_allowed", 403, null,
			"The organization of the token may not call this API");

	/**
	 * The application's own policy denies the organization, or its identifier cannot be
	 * converted to the type of the application's tenant columns.
	 */
	public static final Reason ORGANIZATION_REFUSED = constant("organization_refused", 403, null,
			"The organization may not use this API");

	/** The resource does not exist, or this caller must not learn that it exists. */
	public static final Reason NOT_FOUND = constant("not_found", 404, null, "There is no such resource");

	/**
	 * The request was authenticated, but its rule was checked on a thread without the
	 * caller's security context. This is an error in the application.
	 */
	public static final Reason CALLER_LOST = constant("caller_lost", 500, null, "The request failed on the server");

	/**
	 * The keys to verify the token are not available at the moment, an
	 * {@link IssuerResolver} failed, or too many tokens are waiting to be verified (on
	 * WebFlux).
	 */
	public static final Reason KEYS_UNAVAILABLE = constant("keys_unavailable", 503, null,
			"Tokens cannot be checked at the moment");

	/** The application's store of memberships is not available at the moment. */
	public static final Reason MEMBERSHIPS_UNAVAILABLE = constant("memberships_unavailable", 503, null,
			"Memberships cannot be checked at the moment");

	/** The introspection endpoint is not available at the moment. */
	public static final Reason INTROSPECTION_UNAVAILABLE = constant("introspection_unavailable", 503, null,
			"Tokens cannot be checked at the moment");

	private final String code;

	private final int status;

	private final @Nullable String error;

	private final String description;

	private Reason(String code, int status, @Nullable String error, String description) {
		this.code = code;
		this.status = status;
		this.error = error;
		this.description = description;
	}

	private static Reason constant(String code, int status, @Nullable String error, String description) {
		Reason reason = new Reason(code, status, error, description);
		BUILT_IN.put(code, reason);
		return reason;
	}

	/**
	 * Create a reason of the application.
	 * @param code a stable code, for example {@code quota_exceeded}: up to 64 lower case
	 * letters, digits and single underscores, beginning with a letter; not that of one of
	 * {@link #builtIn()}, nor {@code none} or {@code other}
	 * @param status the HTTP status of the answer: 400, 401, 403, 404, 409, 429 or 503.
	 * With 401 the challenge says {@code invalid_token}, with 503 the answer has a
	 * {@code Retry-After} header
	 * @param description a constant sentence without a full stop, up to 200 characters of
	 * those that RFC 6750 section 3 allows in {@code error_description}
	 * @return the reason
	 * @throws IllegalArgumentException if one of the arguments is not as described
	 */
	public static Reason of(String code, int status, String description) {
		Assert.isTrue(code.length() <= LONGEST_CODE && code.matches(CODE),
				() -> ("The code of a reason must consist of up to %d lower case letters, digits and single underscores, "
						+ "such as 'quota_exceeded'. '%s' does not.")
					.formatted(LONGEST_CODE, code));
		Assert.isTrue(!BUILT_IN.containsKey(code) && !RESERVED.contains(code),
				() -> "'%s' is the code of a built-in reason or a reserved value of the metrics. Choose another code."
					.formatted(code));
		Assert.isTrue(STATUSES.contains(status),
				() -> "The status of the reason '%s' must be 400, 401, 403, 404, 409, 429 or 503, not %d."
					.formatted(code, status));
		Assert.isTrue(description.matches(DESCRIPTION) && !description.isBlank(),
				() -> ("The description of the reason '%s' must be a sentence of up to 200 printable ASCII characters "
						+ "without quotation marks and backslashes.")
					.formatted(code));
		return new Reason(code, status, (status == 401) ? "invalid_token" : null, description);
	}

	/**
	 * Return the reasons of this library.
	 * @return all of them, in the order in which this class lists them
	 */
	public static List<Reason> builtIn() {
		return List.copyOf(BUILT_IN.values());
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
	 * @return 400, 401, 403, 404, 409, 429, 500 or 503
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

	/** Deserialize a built-in reason as its constant. */
	@Serial
	private Object readResolve() {
		Reason builtIn = BUILT_IN.get(this.code);
		return (builtIn != null) ? builtIn : of(this.code, this.status, this.description);
	}

	/** By the code. */
	@Override
	public int compareTo(Reason other) {
		return this.code.compareTo(other.code);
	}

	/** The code is the reason's identity. */
	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Reason reason && this.code.equals(reason.code);
	}

	@Override
	public int hashCode() {
		return this.code.hashCode();
	}

	@Override
	public String toString() {
		return this.code;
	}

}
