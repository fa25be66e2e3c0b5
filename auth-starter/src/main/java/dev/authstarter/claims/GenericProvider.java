package dev.authstarter.claims;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.Caller;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Any OAuth 2 server: the claims of RFC 9068 and those that most providers share.
 */
final class GenericProvider implements Provider {

	private static final Set<String> TYPES = Set.of("at+jwt", "jwt", "");

	private static final List<String> ID_TOKEN_CLAIMS = List.of("nonce", "at_hash", "c_hash", "s_hash");

	@Override
	public @Nullable Reason refuseType(Map<String, Object> header, Map<String, Object> claims) {
		String type = type(header);
		if (type == null || !TYPES.contains(type)) {
			return refuseHeaderType(type);
		}
		if (type.equals("at+jwt")) {
			return null;
		}
		if (ID_TOKEN_CLAIMS.stream().anyMatch(claims::containsKey) || is(claims, "typ", "ID")
				|| is(claims, "token_use", "id")) {
			return Reason.ID_TOKEN;
		}
		if (is(claims, "typ", "Refresh") || is(claims, "token_use", "refresh")) {
			return Reason.REFRESH_TOKEN;
		}
		if (is(claims, "typ", "Logout")) {
			return Reason.LOGOUT_TOKEN;
		}
		if (claims.containsKey("events")) {
			return Reason.SECURITY_EVENT_TOKEN;
		}
		return isProvenAccessToken(claims) ? null : Reason.NOT_AN_ACCESS_TOKEN;
	}

	private static @Nullable String type(Map<String, Object> header) {
		Object type = header.get("typ");
		if (type == null) {
			return "";
		}
		if (!(type instanceof String text)) {
			return null;
		}
		String lower = text.toLowerCase(Locale.ROOT);
		return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
	}

	private static Reason refuseHeaderType(@Nullable String type) {
		return switch ((type != null) ? type : "") {
			case "id_token+jwt" -> Reason.ID_TOKEN;
			case "logout+jwt" -> Reason.LOGOUT_TOKEN;
			case "secevent+jwt" -> Reason.SECURITY_EVENT_TOKEN;
			default -> Reason.WRONG_TYPE;
		};
	}

	private static boolean is(Map<String, Object> claims, String name, String value) {
		return value.equals(claims.get(name));
	}

	private static boolean isProvenAccessToken(Map<String, Object> claims) {
		return claims.containsKey("scope") || claims.containsKey("scp") || claims.containsKey("client_id")
				|| claims.containsKey("cid") || claims.containsKey("permissions") || claims.containsKey("azp");
	}

	@Override
	public Collection<String> audiences(Map<String, Object> claims) {
		return Values.of(claims.get("aud"));
	}

	@Override
	public @Nullable AccessToken read(Map<String, Object> claims) {
		String clientId = first(claims, "client_id", "azp", "cid");
		String subject = first(claims, "sub");
		String identity = (subject != null) ? subject : clientId;
		if (identity == null) {
			return null;
		}
		String issuer = first(claims, "iss");
		Instant expiresAt = (claims.get("exp") instanceof Number exp) ? Instant.ofEpochSecond(exp.longValue())
				: Instant.MAX;
		Caller caller = identity.equals(clientId) ? Caller.MACHINE : Caller.USER;
		return new AccessToken((issuer != null) ? issuer : "", identity, clientId, caller, scopes(claims),
				Values.of(claims.get("roles")), Values.of(claims.get("permissions")), organizations(claims),
				actor(claims), expiresAt, claims);
	}

	private static Set<String> scopes(Map<String, Object> claims) {
		Object scope = claims.getOrDefault("scope", claims.get("scp"));
		return (scope instanceof String text) ? Values.split(text) : Values.of(scope);
	}

	private static List<Organization> organizations(Map<String, Object> claims) {
		String id = first(claims, "org_id");
		return (id != null) ? List.of(new Organization(id, first(claims, "org_name"), Set.of(), Set.of())) : List.of();
	}

	private static @Nullable String actor(Map<String, Object> claims) {
		return (claims.get("act") instanceof Map<?, ?> act && act.get("sub") instanceof String subject) ? subject
				: null;
	}

	private static @Nullable String first(Map<String, Object> claims, String... names) {
		for (String name : names) {
			if (claims.get(name) instanceof String text && !text.isEmpty()) {
				return text;
			}
		}
		return null;
	}

}
