package dev.authstarter.test.issuer;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's clients and the opaque tokens that it issued to them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749 section
 * 4.4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 section 2</a>
 */
final class Clients {

	private final Set<String> clients = ConcurrentHashMap.newKeySet();

	private final Map<String, Map<String, Object>> opaqueTokens = new ConcurrentHashMap<>();

	private final Clock clock;

	private final BiFunction<String, Map<String, Object>, String> accessTokens;

	/**
	 * Create the clients of an issuer.
	 * @param clock the clock of the issuer
	 * @param accessTokens makes an access token for an audience, with further claims
	 */
	Clients(Clock clock, BiFunction<String, Map<String, Object>, String> accessTokens) {
		this.clock = clock;
		this.accessTokens = accessTokens;
	}

	void register(String clientId, String clientSecret) {
		this.clients.add(clientId + ":" + clientSecret);
	}

	String issueOpaque(Map<String, Object> claims) {
		String token = UUID.randomUUID().toString();
		this.opaqueTokens.put(token, Map.copyOf(claims));
		return token;
	}

	void revoke(String token) {
		this.opaqueTokens.remove(token);
	}

	Answer token(FormRequest request) {
		Answer refusal = refuse(request);
		if (refusal != null) {
			return refusal;
		}
		if (!"client_credentials".equals(request.parameters().get("grant_type"))) {
			return error(400, "unsupported_grant_type");
		}
		String audience = request.parameters().getOrDefault("audience", request.parameters().get("resource"));
		if (audience == null) {
			return error(400, "invalid_target");
		}
		String clientId = clientId(request);
		Map<String, Object> claims = new LinkedHashMap<>(Map.of("sub", clientId, "client_id", clientId));
		Map<String, Object> answer = new LinkedHashMap<>();
		String scope = request.parameters().get("scope");
		if (scope != null) {
			claims.put("scope", scope);
			answer.put("scope", scope);
		}
		answer.put("access_token", this.accessTokens.apply(audience, claims));
		answer.put("token_type", "Bearer");
		answer.put("expires_in", IssuerTokens.LIFETIME.toSeconds());
		return Answer.json(answer);
	}

	Answer introspect(FormRequest request) {
		Answer refusal = refuse(request);
		if (refusal != null) {
			return refusal;
		}
		Map<String, Object> claims = this.opaqueTokens.get(request.parameters().getOrDefault("token", ""));
		if (claims == null || (claims.get("exp") instanceof Number expiry
				&& expiry.longValue() <= this.clock.instant().getEpochSecond())) {
			return Answer.json(Map.of("active", false));
		}
		Map<String, Object> answer = new LinkedHashMap<>(claims);
		answer.putIfAbsent("active", true);
		return Answer.json(answer);
	}

	private @Nullable Answer refuse(FormRequest request) {
		if (!"POST".equals(request.method())) {
			return Answer.status(405);
		}
		String client = request.client();
		return (client == null || !this.clients.contains(client)) ? error(401, "invalid_client") : null;
	}

	private static String clientId(FormRequest request) {
		String client = String.valueOf(request.client());
		return client.substring(0, client.indexOf(':'));
	}

	private static Answer error(int status, String error) {
		return Answer.json(Map.of("error", error)).withStatus(status);
	}

}
