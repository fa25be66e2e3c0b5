package dev.authstarter.introspection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a JWT, completed by the introspection response of its issuer, as Keycloak
 * requires for lightweight access tokens. Signed claims take precedence; the response
 * adds missing ones.
 */
public final class CompletedClaims {

	/**
	 * Members of RFC 7662 section 2.2 that are not claims of the token. The client id is
	 * taken from the signed token only: some providers mark a machine (client
	 * credentials) by {@code client_id}, and responses contain it for every caller.
	 */
	private static final Set<String> NO_CLAIMS = Set.of("active", "client_id", "username", "token_type");

	/** If one of these differs, the response is about another token. */
	private static final List<String> SAME_TOKEN = List.of("sub", "client_id", "azp", "jti");

	private CompletedClaims() {
	}

	/**
	 * Check whether a response is about the token.
	 * @param signed the claims of the token
	 * @param answer the members of the response
	 * @return the reason if it is not, or {@code null}
	 */
	public static @Nullable Reason refuse(Map<String, Object> signed, Map<String, Object> answer) {
		if (differ(signed, answer, "iss")) {
			return Reason.WRONG_ISSUER;
		}
		boolean other = SAME_TOKEN.stream().anyMatch((name) -> differ(signed, answer, name));
		return other ? Reason.INACTIVE_TOKEN : IntrospectedType.refuse(answer);
	}

	private static boolean differ(Map<String, Object> signed, Map<String, Object> answer, String name) {
		Object here = signed.get(name);
		Object there = answer.get(name);
		return here != null && there != null && !String.valueOf(here).equals(String.valueOf(there));
	}

	/**
	 * Complete the claims.
	 * @param signed the claims of the token
	 * @param answer the members of a response about it
	 * @return all claims, the signed ones unchanged
	 */
	public static Map<String, Object> of(Map<String, Object> signed, Map<String, Object> answer) {
		Map<String, Object> claims = new LinkedHashMap<>(signed);
		answer.forEach((name, value) -> {
			if (!NO_CLAIMS.contains(name)) {
				claims.putIfAbsent(name, value);
			}
		});
		return Collections.unmodifiableMap(claims);
	}

}
