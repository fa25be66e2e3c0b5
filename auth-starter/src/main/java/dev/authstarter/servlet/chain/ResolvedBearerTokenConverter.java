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
 * Reads the token with the {@link BearerTokenResolver} of the application, which also
 * decides whether a request is malformed.
 */
public final class ResolvedBearerTokenConverter implements AuthenticationConverter {

	private final BearerTokenResolver resolver;

	private final BooleanSupplier listened;

	/**
	 * Create a converter.
	 * @param resolver finds the token in a request
	 * @param listened whether the application listens to authentication events
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
		// The type of Spring Security does not accept a blank token.
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
