package dev.authstarter.sample.web;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * The tokens of the session of the current request. An answer of the token endpoint that
 * cannot be read is a failed renewal like all others.
 */
final class SessionTokens implements OAuth2AuthorizedClientManager {

	private static final OAuth2Error UNREADABLE = new OAuth2Error("invalid_token_response");

	private final OAuth2AuthorizedClientManager tokens;

	SessionTokens(OAuth2AuthorizedClientManager tokens) {
		this.tokens = tokens;
	}

	@Override
	public @Nullable OAuth2AuthorizedClient authorize(OAuth2AuthorizeRequest request) {
		try {
			return this.tokens.authorize(request);
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			throw new OAuth2AuthorizationException(UNREADABLE, ex);
		}
	}

}
