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
 * Validates the parameter {@code organization} of an authorization request, as Auth0
 * defines it. Users may only choose a clinic of their own, and users of several clinics
 * must choose one.
 */
final class OrganizationChoice implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

	static final String PARAMETER = "organization";

	/** OpenID Connect Core section 3.1.2.6. */
	private static final String ACCOUNT_SELECTION_REQUIRED = "account_selection_required";

	private final Memberships memberships;

	OrganizationChoice(Memberships memberships) {
		this.memberships = memberships;
	}

	/**
	 * Read the choice.
	 * @param parameters the parameters of the request
	 * @return the organization, or {@code null} if the request names none. A repeated
	 * parameter is read as an empty name, which no organization has.
	 */
	static @Nullable String of(Map<String, Object> parameters) {
		Object choice = parameters.get(PARAMETER);
		return (choice == null || choice instanceof String) ? (String) choice : "";
	}

	@Override
	public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
		OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
		Authentication user = (Authentication) request.getPrincipal();
		// An anonymous user is redirected to the login page and repeats the request.
		if (user instanceof AnonymousAuthenticationToken) {
			return;
		}
		String choice = of(request.getAdditionalParameters());
		if (this.memberships.find(user.getName(), choice) == null) {
			throw refused(OAuth2ErrorCodes.ACCESS_DENIED, "The user does not belong to this organization", request);
		}
		if (choice == null && this.memberships.of(user.getName()).size() > 1) {
			throw refused(ACCOUNT_SELECTION_REQUIRED, "The user belongs to several organizations", request);
		}
	}

	private static OAuth2AuthorizationCodeRequestAuthenticationException refused(String code, String description,
			OAuth2AuthorizationCodeRequestAuthenticationToken request) {
		return new OAuth2AuthorizationCodeRequestAuthenticationException(new OAuth2Error(code, description, null),
				request);
	}

}
