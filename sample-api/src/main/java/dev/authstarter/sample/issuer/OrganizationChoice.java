package dev.authstarter.sample.issuer;

import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/**
 * The parameter {@code organization} of an authorization request, as Auth0 has it. Users
 * get in only where they belong.
 */
final class OrganizationChoice implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

	private static final String PARAMETER = "organization";

	private final Memberships memberships;

	OrganizationChoice(Memberships memberships) {
		this.memberships = memberships;
	}

	/**
	 * Read the choice.
	 * @param parameters the parameters of the authorization request
	 * @return the organization, or {@code null} where the request leaves it open. A
	 * parameter that is there twice is the name of no organization.
	 */
	static @Nullable String of(Map<String, Object> parameters) {
		Object choice = parameters.get(PARAMETER);
		return (choice == null || choice instanceof String) ? (String) choice : "";
	}

	@Override
	public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		Authentication user = (Authentication) request.getPrincipal();
		// An anonymous user is sent to log in and comes here again.
		if (!(user instanceof AnonymousAuthenticationToken)
				&& this.memberships.find(user.getName(), of(request.getAdditionalParameters())) == null) {
			OAuth2Error error = new OAuth2Error(OAuth2ErrorCodes.ACCESS_DENIED,
					"The user does not belong to this organization", null);
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(error, request);
		}
	}

}
