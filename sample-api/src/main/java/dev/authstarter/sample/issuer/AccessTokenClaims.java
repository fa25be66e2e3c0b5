package dev.authstarter.sample.issuer;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/**
 * Writes access tokens in the profile of RFC 9068, with the caller's organization and the
 * roles held there. ID tokens stay as they are.
 */
final class AccessTokenClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

	private final List<String> audience;

	private final Memberships memberships;

	AccessTokenClaims(List<String> audience, Memberships memberships) {
		this.audience = audience;
		this.memberships = memberships;
	}

	@Override
	public void customize(JwtEncodingContext context) {
		if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
			return;
		}
		Authentication member = context.getPrincipal();
		Membership membership = (member != null)
				? this.memberships.find(member.getName(), chosenOrganization(context.getAuthorization())) : null;
		if (membership == null) {
			throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
		}
		context.getJwsHeader().type("at+jwt");
		context.getClaims()
			.audience(this.audience)
			.claim("client_id", context.getRegisteredClient().getClientId())
			.claim("org_id", membership.organizationId())
			.claim("org_name", membership.organizationName())
			.claim("roles", membership.roles())
			.claims((claims) -> {
				claims.remove("scope");
				if (!context.getAuthorizedScopes().isEmpty()) {
					claims.put("scope", String.join(" ", context.getAuthorizedScopes()));
				}
			});
	}

	private static @Nullable String chosenOrganization(@Nullable OAuth2Authorization authorization) {
		OAuth2AuthorizationRequest request = (authorization != null)
				? authorization.getAttribute(OAuth2AuthorizationRequest.class.getName()) : null;
		return (request != null) ? OrganizationChoice.of(request.getAdditionalParameters()) : null;
	}

}
