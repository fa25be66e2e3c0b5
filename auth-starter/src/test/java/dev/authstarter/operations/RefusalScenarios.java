package dev.authstarter.operations;

import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.nimbusds.jose.JWSAlgorithm;
import dev.authstarter.Reason;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestKey;
import dev.authstarter.fixture.TestToken;

/**
 * A request to {@link AuditedApi} for every reason, which is refused for that reason.
 */
final class RefusalScenarios {

	/** What {@link #all()} needs of the API's configuration. */
	static final String[] PROPERTIES = { "auth-starter.issuer=" + TestToken.ISSUER,
			"auth-starter.audience=" + TestToken.AUDIENCE, "auth-starter.token.maximum-length=4KB",
			"auth-starter.token.maximum-lifetime=1h", "auth-starter.organization.sources=path,header,token",
			"auth-starter.introspection.client-id=api", "auth-starter.introspection.client-secret=secret" };

	/** What the others need. */
	static final String ALLOWED = "auth-starter.organization.allowed=org_acme,org_globex," + AuditedApi.UNPAID;

	/** What {@link Reason#NOT_FOUND} and {@link Reason#ORGANIZATION_MISSING} need. */
	static final String HIDING = "auth-starter.organization.hide-other-organizations=true";

	/** Opaque tokens that are known to the introspection endpoint of the test. */
	static final String INACTIVE = "mallory-inactive-opaque-token";

	static final String UNKNOWABLE = "mallory-unknowable-opaque-token";

	static final String NOTES = "/organizations/org_acme/notes";

	private static final long NOW = TestApi.NOW.getEpochSecond();

	/** Its content must appear nowhere. */
	static final TestToken VALID = TestToken.validAt(TestApi.NOW)
		.with("sub", "mallory-the-subject")
		.with("client_id", "mallory-the-client")
		.with("jti", "mallory-the-token-id");

	private static final TestToken PLAIN = VALID.withType("JWT");

	private final Map<Reason, Attempt> attempts = new LinkedHashMap<>();

	private RefusalScenarios() {
	}

	/**
	 * A request, and the token it carries.
	 *
	 * @param token the token, empty for none
	 * @param request the request
	 */
	record Attempt(String token, Function<HttpCalls, HttpRequest.Builder> request) {

	}

	static Map<Reason, Attempt> all() {
		RefusalScenarios all = new RefusalScenarios();
		all.requests();
		all.tokens();
		all.kinds();
		all.rights();
		return all.attempts;
	}

	private void requests() {
		this.attempts.put(Reason.MISSING_TOKEN, new Attempt("", (http) -> http.request(NOTES)));
		String good = VALID.signed();
		this.attempts.put(Reason.MALFORMED_REQUEST,
				new Attempt(good, (http) -> http.request(NOTES).header("Authorization", "Bearer  " + good)));
		this.attempts.put(Reason.MULTIPLE_CREDENTIALS, new Attempt(good,
				(http) -> request(http, NOTES, good).header("Authorization", "Basic bWFsbG9yeTpzZWNyZXQtb25l")));
		this.attempts.put(Reason.ORGANIZATION_AMBIGUOUS,
				new Attempt(good, (http) -> request(http, NOTES, good).header("X-Organization-Id", "org_globex")));
		token(Reason.ORGANIZATION_UNSPECIFIED, "/acting", VALID.with("org_id", List.of("org_acme", "org_globex")));
		raw(Reason.INACTIVE_TOKEN, INACTIVE);
		raw(Reason.INTROSPECTION_UNAVAILABLE, UNKNOWABLE);
	}

	private void tokens() {
		raw(Reason.MALFORMED_TOKEN, "bWFsbG9yeS10aGUtaGVhZGVy.bWFsbG9yeS10aGUtcGF5bG9hZA.bWFsbG9yeS1zaWduZWQ");
		token(Reason.TOKEN_TOO_LONG, NOTES, VALID.with("padding", "mallory".repeat(600)));
		token(Reason.ALGORITHM_NOT_ALLOWED, NOTES, VALID.withHeader("alg", "none"));
		token(Reason.CRITICAL_HEADER, NOTES, VALID.withHeader("crit", List.of("mallory-the-extension")));
		token(Reason.WRONG_ISSUER, NOTES, VALID.with("iss", "https://mallory.example/issuer"));
		token(Reason.WRONG_AUDIENCE, NOTES, VALID.with("aud", "https://mallory.example/audience"));
		token(Reason.TOKEN_EXPIRED, NOTES, VALID.with("exp", NOW - 3600).with("iat", NOW - 7200));
		token(Reason.MISSING_EXPIRY, NOTES, VALID.without("exp"));
		token(Reason.TOKEN_NOT_YET_VALID, NOTES, VALID.with("nbf", NOW + 3600));
		token(Reason.LIFETIME_TOO_LONG, NOTES, VALID.with("exp", NOW + 7200));
		token(Reason.MISSING_CLAIM, NOTES, VALID.without("sub").without("client_id"));
		token(Reason.UNPROVEN_POSSESSION, NOTES, VALID.with("cnf", Map.of("jkt", "mallory-the-thumbprint")));
		token(Reason.UNKNOWN_KEY, NOTES, VALID.withHeader("kid", "mallory-the-key-id"));
		token(Reason.KEYS_UNAVAILABLE, NOTES, VALID.withHeader("kid", AuditedApi.LOST_KEY));
		token(Reason.MEMBERSHIPS_UNAVAILABLE, NOTES, VALID.with("sub", AuditedApi.UNKNOWN_MEMBER));
		raw(Reason.BAD_SIGNATURE, VALID.signedBy(TestKey.OTHER_RSA, JWSAlgorithm.RS256));
		token(Reason.REFUSED_BY_RULE, NOTES, VALID.with(AuditedApi.BLOCKED, true));
	}

	private void kinds() {
		token(Reason.WRONG_TYPE, NOTES, VALID.withType("dpop+jwt"));
		token(Reason.ID_TOKEN, NOTES, PLAIN.with("nonce", "mallory-the-nonce"));
		token(Reason.REFRESH_TOKEN, NOTES, PLAIN.with("typ", "Refresh"));
		token(Reason.LOGOUT_TOKEN, NOTES, PLAIN.with("typ", "Logout"));
		token(Reason.SECURITY_EVENT_TOKEN, NOTES, PLAIN.with("events", Map.of("mallory-the-event", Map.of())));
		token(Reason.NOT_AN_ACCESS_TOKEN, NOTES, PLAIN.without("scope").without("client_id"));
	}

	private void rights() {
		token(Reason.INSUFFICIENT_SCOPE, NOTES, VALID.with("scope", "mallory:scope"));
		this.attempts.put(Reason.INSUFFICIENT_ROLE,
				new Attempt(VALID.signed(), (http) -> request(http, NOTES + "/1", VALID.signed()).DELETE()));
		token(Reason.INSUFFICIENT_PERMISSION, "/permitted", VALID);
		token(Reason.WRONG_CALLER, "/machines", VALID);
		token(Reason.WRONG_ACTOR, "/in-person", VALID.with("act", Map.of("sub", "mallory")));
		this.attempts.put(Reason.TOKEN_REQUIRED,
				new Attempt("", (http) -> http.request(NOTES).header(AuditedApi.USER, "mallory")));
		token(Reason.CALLER_LOST, "/background", VALID);
		token(Reason.NO_GRANTS, NOTES, VALID.without("scope").without("roles"));
		token(Reason.ACCESS_DENIED, "/closed", VALID);
		token(Reason.ORGANIZATION_MISMATCH, NOTES, VALID.with("org_id", "org_globex"));
		token(Reason.ORGANIZATION_MISSING, "/acting", VALID.without("org_id"));
		token(Reason.ORGANIZATION_NOT_ALLOWED, NOTES, VALID.with("org_id", "org_mallory"));
		token(Reason.ORGANIZATION_REFUSED, "/acting", VALID.with("org_id", AuditedApi.UNPAID));
		token(Reason.NOT_FOUND, NOTES, VALID.with("org_id", "org_globex"));
	}

	private void token(Reason reason, String path, TestToken token) {
		String signed = token.signed();
		this.attempts.put(reason, new Attempt(signed, (http) -> request(http, path, signed)));
	}

	private void raw(Reason reason, String token) {
		this.attempts.put(reason, new Attempt(token, (http) -> request(http, NOTES, token)));
	}

	private static HttpRequest.Builder request(HttpCalls http, String path, String token) {
		return http.request(path).header("Authorization", "Bearer " + token);
	}

}
