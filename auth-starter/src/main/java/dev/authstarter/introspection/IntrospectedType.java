package dev.authstarter.introspection;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Checks whether an introspection response is about an access token. Endpoints also
 * answer about refresh tokens (RFC 7662 section 2.1), and some state the type.
 */
public final class IntrospectedType {

	/** The values of {@code token_use} of Hydra and Cognito. */
	private static final Set<String> ACCESS = Set.of("access", "access_token");

	/**
	 * RFC 6749 section 7.1 defines the type by which a token is used; IdentityServer and
	 * older versions of node-oidc-provider return the kind of token instead.
	 */
	private static final Set<String> BEARER = Set.of("bearer", "access_token");

	/** Bound to a key (RFC 9449 section 6.2, RFC 9200 section 5.8.4.2). */
	private static final Set<String> BOUND = Set.of("dpop", "pop");

	private static final Set<String> REFRESH = Set.of("refresh", "refresh_token", "offline", "offline_token");

	private static final Set<String> ID = Set.of("id", "id_token");

	private IntrospectedType() {
	}

	/**
	 * Check a response.
	 * @param answer its members
	 * @return the reason if it is not about an access token that may be sent as a bearer
	 * token, or {@code null} if nothing indicates that
	 */
	public static @Nullable Reason refuse(Map<String, Object> answer) {
		Reason reason = refuse(answer.get("token_use"), ACCESS);
		return (reason != null) ? reason : refuse(answer.get("token_type"), BEARER);
	}

	private static @Nullable Reason refuse(@Nullable Object value, Set<String> allowed) {
		if (value == null) {
			return null;
		}
		String type = (value instanceof String text) ? text.toLowerCase(Locale.ROOT).replace('-', '_') : "";
		if (allowed.contains(type)) {
			return null;
		}
		if (BOUND.contains(type)) {
			return Reason.UNPROVEN_POSSESSION;
		}
		if (REFRESH.contains(type)) {
			return Reason.REFRESH_TOKEN;
		}
		return ID.contains(type) ? Reason.ID_TOKEN : Reason.NOT_AN_ACCESS_TOKEN;
	}

}
