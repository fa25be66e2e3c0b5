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
 * Knows who sent a request, and with that what is true of a refusal. Code that refuses
 * where the caller was not carried to, such as another thread, sees no caller and can
 * only say that a token is missing.
 */
public final class RequestCaller {

	private static final Set<Reason> NO_ORGANIZATION = Set.of(Reason.ORGANIZATION_MISSING,
			Reason.ORGANIZATION_UNSPECIFIED);

	private final AccessTokenReader accessTokens;

	/**
	 * Know callers by their tokens.
	 * @param accessTokens reads what was authenticated
	 */
	public RequestCaller(AccessTokenReader accessTokens) {
		this.accessTokens = accessTokens;
	}

	/**
	 * Tell whether a request was authenticated with an access token.
	 * @param authentication what the request was authenticated as, or {@code null}
	 * @return whether it was
	 */
	public static boolean isKnownByToken(@Nullable Authentication authentication) {
		return authentication instanceof JwtAuthenticationToken caller && caller.isAuthenticated();
	}

	/**
	 * Read the token of a caller.
	 * @param authentication what the request was authenticated as, or {@code null}
	 * @return the token, or {@code null} if there is none that we can read
	 */
	public @Nullable AccessToken token(@Nullable Authentication authentication) {
		try {
			return this.accessTokens.read(authentication);
		}
		catch (RefusedException ex) {
			// Other code than ours authenticated a token that we cannot read.
			return null;
		}
	}

	/**
	 * Say of a refusal what is true of the request.
	 * @param refusal a refusal that was decided where the caller is known
	 * @param authentication what the request was authenticated as, or {@code null}
	 * @return the same refusal or a truer one
	 */
	public Refusal correct(Refusal refusal, @Nullable Authentication authentication) {
		if (Reason.MISSING_TOKEN.equals(refusal.reason()) && CallerRules.isKnownOtherwise(authentication)) {
			return Refusal.of(Reason.TOKEN_REQUIRED);
		}
		// Other code may have made fewer authorities of the token than it has scopes.
		if (Reason.INSUFFICIENT_SCOPE.equals(refusal.reason()) && !refusal.required().isEmpty()
				&& this.accessTokens.issuedScopes(authentication).containsAll(refusal.required())) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		return refusal;
	}

	/**
	 * Say of a refusal what is true of the request.
	 * @param refused an exception that may come from where the caller is not known
	 * @param authentication what the request was authenticated as, or {@code null}
	 * @param organizationLost whether the request acts in an organization, of which the
	 * code that refused may have known nothing
	 * @return its refusal or a truer one
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
	 * Tell whether a caller's token names an organization.
	 * @param authentication what the request was authenticated as, or {@code null}
	 * @return whether it does
	 */
	public boolean namesOrganization(@Nullable Authentication authentication) {
		AccessToken token = token(authentication);
		return token != null && !token.organizations().isEmpty();
	}

	/**
	 * Find the method that was called without its caller.
	 * @param thrown what it threw
	 * @return its class and name, or {@code null} if nothing tells
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
