package dev.authstarter.servlet.chain;

import java.util.function.BooleanSupplier;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import dev.authstarter.authentication.BearerCredentials;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Takes the token from where the application's {@link BearerTokenResolver} finds it. That
 * also decides what makes a request malformed.
 */
public final class ResolvedBearerTokenConverter implements AuthenticationConverter {

	private final BearerTokenResolver resolver;

	private final BooleanSupplier listened;

	/**
	 * Take tokens.
	 * @param resolver finds them
	 * @param listened tells whether anybody listens to authentication events
	 */
	public ResolvedBearerTokenConverter(BearerTokenResolver resolver, BooleanSupplier listened) {
		this.resolver = resolver;
		this.listened = listened;
	}

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		String token = this.resolver.resolve(request);
		if (token == null) {
			return null;
		}
		// Spring Security's type does not hold such a text.
		if (token.isBlank()) {
			throw new RefusedException(Refusal.of(Reason.MALFORMED_REQUEST));
		}
		BearerCredentials credentials = new BearerCredentials(token);
		if (this.listened.getAsBoolean()) {
			credentials.setDetails(new WebAuthenticationDetails(request));
		}
		return credentials;
	}

}
