package dev.authstarter.test.issuer.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import com.nimbusds.jose.util.Base64URL;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * The token endpoint: front ends exchange codes for tokens (RFC 6749 section 4.1.3), and
 * machines get tokens by client credentials (section 4.4).
 */
final class TokenEndpoint {

	/** RFC 7636 section 4.1. */
	private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

	/** The lifetime of a forged token. */
	private static final Duration LIFETIME = Duration.ofHours(1);

	private final TokenForge forge;

	private final LocalIssuerProperties properties;

	private final List<String> audiences;

	private final Codes codes;

	/**
	 * Create the endpoint.
	 * @param forge makes the tokens
	 * @param properties users and clients
	 * @param audiences the audiences of the API
	 * @param codes the codes
	 */
	TokenEndpoint(TokenForge forge, LocalIssuerProperties properties, List<String> audiences, Codes codes) {
		this.forge = forge;
		this.properties = properties;
		this.audiences = audiences;
		this.codes = codes;
	}

	/**
	 * Answer a request, or leave one of another client to the issuer.
	 */
	@Nullable Answer answer(FormRequest request) {
		if (!"POST".equals(request.method())) {
			return Page.notAllowed("POST");
		}
		MultiValueMap<String, String> form = request.form();
		if (form.values().stream().anyMatch((values) -> values.size() > 1)) {
			return OAuthError.invalidRequest("The request has a parameter more than once.").answer();
		}
		try {
			return switch (String.valueOf(form.getFirst("grant_type"))) {
				case "authorization_code" -> trade(form.toSingleValueMap());
				case "client_credentials" -> clientCredentials(request);
				default -> new OAuthError("unsupported_grant_type",
						"grant_type must be authorization_code or client_credentials.")
					.answer();
			};
		}
		catch (IllegalArgumentException ex) {
			// The provider's tokens cannot express this content.
			return new OAuthError("invalid_scope", String.valueOf(ex.getMessage())).answer();
		}
	}

	/** Exchange a code. It is used up by the first attempt, even if that fails. */
	private Answer trade(Map<String, String> form) {
		Codes.Grant grant = this.codes.redeem(form.getOrDefault("code", ""));
		if (grant == null) {
			return OAuthError.invalidGrant("The code is unknown, used or older than a minute.").answer();
		}
		AuthorizationRequest request = grant.request();
		if (!request.clientId().equals(form.get("client_id"))) {
			return OAuthError.invalidGrant("client_id differs from that of the authorization request.").answer();
		}
		if (!request.redirectUri().equals(form.get("redirect_uri"))) {
			return OAuthError.invalidGrant("redirect_uri differs from that of the authorization request.").answer();
		}
		String verifier = form.getOrDefault("code_verifier", "");
		if (!VERIFIER.matcher(verifier).matches() || !isEqual(s256(verifier), request.challenge())) {
			return OAuthError.invalidGrant("code_verifier is missing, or does not match code_challenge.").answer();
		}
		LocalIssuerProperties.User user = Objects.requireNonNull(this.properties.users().get(grant.user()));
		ForgedToken token = user.token(grant.user(), grant.scopes())
			.from(this.forge.token())
			.throughClient(request.clientId());
		Map<String, Object> answer = answer(token, grant.scopes());
		if (grant.scopes().contains("openid")) {
			answer.put("id_token", idToken(token, request).value());
		}
		return json(answer);
	}

	/** OpenID Connect Core section 2. */
	private static ForgedToken idToken(ForgedToken token, AuthorizationRequest request) {
		ForgedToken idToken = token.asIdToken().withClaim("aud", request.clientId()).withoutClaim("at_hash");
		String nonce = request.nonce();
		return (nonce != null) ? idToken.withClaim("nonce", nonce) : idToken.withoutClaim("nonce");
	}

	private @Nullable Answer clientCredentials(FormRequest request) {
		Map<String, String> form = request.parameters();
		String credentials = (request.client() != null) ? request.client()
				: form.getOrDefault("client_id", "") + ":" + form.getOrDefault("client_secret", "");
		int colon = credentials.indexOf(':');
		String id = (colon >= 0) ? credentials.substring(0, colon) : credentials;
		LocalIssuerProperties.Client client = this.properties.clients().get(id);
		if (client == null) {
			return null;
		}
		if (!isEqual(id + ":" + client.secret(), credentials)) {
			return new OAuthError("invalid_client", "The client secret is wrong.").answer();
		}
		for (String name : List.of("audience", "resource")) {
			if (form.containsKey(name) && !this.audiences.contains(form.get(name))) {
				return new OAuthError("invalid_target", name + " does not belong to this API.").answer();
			}
		}
		List<String> requested = List.of(StringUtils.tokenizeToStringArray(form.get("scope"), " "));
		List<String> granted = (requested.isEmpty() ? client.scopes() : requested).stream()
			.filter((scope) -> client.scopes().isEmpty() || client.scopes().contains(scope))
			.toList();
		if (granted.isEmpty() && !requested.isEmpty()) {
			return new OAuthError("invalid_scope", "The client may not have any of the scopes.").answer();
		}
		return json(answer(client.token(id, granted).from(this.forge.token()), granted));
	}

	private static Map<String, Object> answer(ForgedToken token, List<String> scopes) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("access_token", token.value());
		answer.put("token_type", "Bearer");
		answer.put("expires_in", LIFETIME.toSeconds());
		if (!scopes.isEmpty()) {
			answer.put("scope", String.join(" ", scopes));
		}
		return answer;
	}

	private static Answer json(Map<String, Object> members) {
		return Answer.json(members).withHeaders(Map.of("Cache-Control", "no-store"));
	}

	private static String s256(String verifier) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return Base64URL.encode(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII))).toString();
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("This Java runtime has no SHA-256", ex);
		}
	}

	private static boolean isEqual(String expected, String actual) {
		return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8),
				actual.getBytes(StandardCharsets.UTF_8));
	}

}
