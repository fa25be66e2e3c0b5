package dev.authstarter.introspection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a JWT with what its issuer adds when it is asked about the token, as
 * Keycloak does for lightweight access tokens. What is signed counts; an answer fills
 * gaps.
 */
public final class CompletedClaims {

	/**
	 * Members of RFC 7662 section 2.2 that describe the token or its owner beside its
	 * claims. The client is what the signed token says: some providers mark a machine by
	 * {@code client_id}, and an answer has that for everybody.
	 */
	private static final Set<String> NO_CLAIMS = Set.of("active", "client_id", "username", "token_type");

	/** Where they differ, the answer is about another token. */
	private static final List<String> SAME_TOKEN = List.of("sub", "client_id", "azp", "jti");

	private CompletedClaims() {
	}

	/**
	 * Judge whether an answer is about the token.
	 * @param signed the claims of the token
	 * @param answer the members of the answer
	 * @return why it is not, or {@code null}
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
	 * @param answer the members of an answer about it
	 * @return all claims; those that are signed as they are
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
