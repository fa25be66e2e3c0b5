package dev.authstarter.sample.issuer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenClaimsContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/**
 * Writes access tokens in the profile of RFC 9068, with the organization that the caller
 * acts in and the caller's roles and permissions there; opaque tokens have the same
 * claims. ID tokens name the organization, so that the client knows the user's choice.
 */
final class TokenClaims {

	private static final OAuth2TokenType ID_TOKEN = new OAuth2TokenType(OidcParameterNames.ID_TOKEN);

	/** The scope that the API's actuator requires. */
	private static final String OPERATIONS = "operations";

	private final List<String> audience;

	private final Memberships memberships;

	private final Set<String> operators;

	/**
	 * Write access tokens for an API.
	 * @param operators the names of the users who operate the API, independent of their
	 * memberships
	 */
	TokenClaims(List<String> audience, Memberships memberships, Set<String> operators) {
		this.audience = audience;
		this.memberships = memberships;
		this.operators = Set.copyOf(operators);
	}

	void customize(JwtEncodingContext context) {
		if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			context.getJwsHeader().type("at+jwt");
			context.getClaims().claims(accessTokenClaims(context)).claims((claims) -> {
				claims.remove("scope");
				List<String> scopes = scopes(context);
				if (!scopes.isEmpty()) {
					claims.put("scope", String.join(" ", scopes));
				}
			});
		}
		else if (ID_TOKEN.equals(context.getTokenType())) {
			context.getClaims().claims(organizationClaims(membership(context)));
		}
	}

	/** Return the granted scopes: only operators get the scope {@code operations}. */
	private List<String> scopes(JwtEncodingContext context) {
		Authentication caller = context.getPrincipal();
		boolean operator = caller != null && this.operators.contains(caller.getName());
		return context.getAuthorizedScopes().stream().filter((scope) -> operator || !scope.equals(OPERATIONS)).toList();
	}

	void customizeOpaque(OAuth2TokenClaimsContext context) {
		if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			context.getClaims().claims(accessTokenClaims(context));
		}
	}

	private Consumer<Map<String, Object>> accessTokenClaims(OAuth2TokenContext context) {
		Membership membership = membership(context);
		return organizationClaims(membership).andThen((claims) -> {
			claims.put("aud", this.audience);
			claims.put("client_id", context.getRegisteredClient().getClientId());
			if (membership != null) {
				claims.put("roles", membership.roles());
				claims.put("permissions", membership.permissions());
			}
		});
	}

	private static Consumer<Map<String, Object>> organizationClaims(@Nullable Membership membership) {
		return (claims) -> {
			if (membership != null) {
				claims.put("org_id", membership.organizationId());
				claims.put("org_name", membership.organizationName());
			}
		};
	}

	/**
	 * Determine the membership that the caller acts in.
	 * @return the membership, or {@code null} for a member of no clinic who named none
	 */
	private @Nullable Membership membership(OAuth2TokenContext context) {
		Authentication member = context.getPrincipal();
		String choice = choice(context);
		Membership membership = (member != null) ? this.memberships.find(member.getName(), choice) : null;
		if (membership == null
				&& (member == null || choice != null || !this.memberships.isMemberOfNone(member.getName()))) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
		}
		return membership;
	}

	/**
	 * Machines name the organization in the token request, users in the authorization
	 * request.
	 */
	private static @Nullable String choice(OAuth2TokenContext context) {
		if (context.getAuthorizationGrant() instanceof OAuth2ClientCredentialsAuthenticationToken machine) {
			return OrganizationChoice.of(machine.getAdditionalParameters());
		}
		OAuth2Authorization authorization = context.getAuthorization();
		OAuth2AuthorizationRequest request = (authorization != null)
				? authorization.getAttribute(OAuth2AuthorizationRequest.class.getName()) : null;
		return (request != null) ? OrganizationChoice.of(request.getAdditionalParameters()) : null;
	}

}
