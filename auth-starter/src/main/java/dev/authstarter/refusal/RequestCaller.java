package dev.authstarter.refusal;

import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.RefusedException;
import dev.authstarter.access.CallerRules;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Finds the caller of a request, and corrects refusals accordingly. Code that runs
 * without the caller's security context, for example on another thread, finds no caller
 * and can only report that a token is missing.
 */
public final class RequestCaller {

	private static final Set<Reason> NO_ORGANIZATION = Set.of(Reason.ORGANIZATION_MISSING,
			Reason.ORGANIZATION_UNSPECIFIED);

	private final AccessTokenReader accessTokens;

	/**
	 * Find callers by their tokens.
	 * @param accessTokens reads the access token of an authentication
	 */
	public RequestCaller(AccessTokenReader accessTokens) {
		this.accessTokens = accessTokens;
	}

	/**
	 * Return whether a request was authenticated with an access token.
	 * @param authentication the authentication of the request, or {@code null}
	 * @return {@code true} if it was
	 */
	public static boolean isKnownByToken(@Nullable Authentication authentication) {
		return authentication instanceof JwtAuthenticationToken caller && caller.isAuthenticated();
	}

	/**
	 * Read the token of a caller.
	 * @param authentication the authentication of the request, or {@code null}
	 * @return the token, or {@code null} if there is none or it cannot be read
	 */
	public @Nullable AccessToken token(@Nullable Authentication authentication) {
		try {
			return this.accessTokens.read(authentication);
		}
		catch (RefusedException ex) {
			// A token that the application authenticated may not be readable.
			return null;
		}
	}

	/**
	 * Correct a refusal by the caller of the request.
	 * @param refusal a refusal that was decided with the caller's security context
	 * @param authentication the authentication of the request, or {@code null}
	 * @return the same refusal or a more accurate one
	 */
	public Refusal correct(Refusal refusal, @Nullable Authentication authentication) {
		if (Reason.MISSING_TOKEN.equals(refusal.reason()) && CallerRules.isKnownOtherwise(authentication)) {
			return Refusal.of(Reason.TOKEN_REQUIRED);
		}
		// A converter of the application may create fewer authorities than the token has
		// scopes.
		if (Reason.INSUFFICIENT_SCOPE.equals(refusal.reason()) && !refusal.required().isEmpty()
				&& this.accessTokens.issuedScopes(authentication).containsAll(refusal.required())) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		return refusal;
	}

	/**
	 * Correct a refusal by the caller of the request.
	 * @param refused an exception, possibly of code without the caller's security context
	 * @param authentication the authentication of the request, or {@code null}
	 * @param organizationLost whether the request acts in an organization that may have
	 * been missing where the exception was thrown
	 * @return its refusal or a more accurate one
	 */
	public Refusal correct(Refused refused, @Nullable Authentication authentication, boolean organizationLost) {
		Refusal refusal = refused.refusal();
		if (isKnownByToken(authentication) && (Reason.MISSING_TOKEN.equals(refusal.reason())
				|| (NO_ORGANIZATION.contains(refusal.reason()) && organizationLost))) {
			return Refusal.of(Reason.CALLER_LOST);
		}
		if (Reason.ORGANIZATION_MISSING.equals(refusal.reason()) && namesOrganization(authentication)) {
			return Refusal.of(Reason.ORGANIZATION_UNSPECIFIED);
		}
		return correct(refusal, authentication);
	}

	/**
	 * Return whether a caller's token names an organization.
	 * @param authentication the authentication of the request, or {@code null}
	 * @return {@code true} if it does
	 */
	public boolean namesOrganization(@Nullable Authentication authentication) {
		AccessToken token = token(authentication);
		return token != null && !token.organizations().isEmpty();
	}

	/**
	 * Find the method that was called without the caller's security context.
	 * @param thrown the exception that it threw
	 * @return its class and name, or {@code null} if the exception does not show them
	 */
	public static @Nullable String calledMethod(Throwable thrown) {
		if (thrown instanceof Refused refused && refused.method() != null) {
			return refused.method();
		}
		for (StackTraceElement element : thrown.getStackTrace()) {
			String type = element.getClassName();
			if (!type.equals(CurrentOrganization.class.getName()) && !type.startsWith("org.springframework.")
					&& !type.startsWith("java.") && !type.startsWith("jdk.")) {
				return type.replaceFirst("\\$\\$.*", "") + "#" + element.getMethodName();
			}
		}
		return null;
	}

}
