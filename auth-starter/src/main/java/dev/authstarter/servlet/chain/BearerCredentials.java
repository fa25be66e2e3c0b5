package dev.authstarter.servlet.chain;

import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * A bearer token that nobody has judged yet. Spring Security's own type shows it in its
 * name and in its text, and both are what listeners to failures write down.
 */
@SuppressWarnings("serial")
final class BearerCredentials extends BearerTokenAuthenticationToken {

	BearerCredentials(String token) {
		super(token);
	}

	/** Nobody, as long as nobody believes the token. */
	@Override
	public String getName() {
		return "";
	}

	@Override
	public String toString() {
		return "BearerCredentials [Authenticated=" + isAuthenticated() + "]";
	}

}
