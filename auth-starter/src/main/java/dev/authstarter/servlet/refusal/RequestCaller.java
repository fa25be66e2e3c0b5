package dev.authstarter.servlet.refusal;

import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import dev.authstarter.RefusedException;
import dev.authstarter.access.CallerRules;
import dev.authstarter.authentication.AccessTokenReader;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * Knows who sent a request, and with that what is true of a refusal. Whoever refuses on
 * another thread, to which the caller was not carried, sees no caller at all and can only
 * say that a token is missing.
 */
public final class RequestCaller {

	private static final Set<Reason> NO_ORGANIZATION = Set.of(Reason.ORGANIZATION_MISSING,
			Reason.ORGANIZATION_UNSPECIFIED);

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	public RequestCaller(AccessTokenReader accessTokens, CurrentOrganization acting) {
		this.accessTokens = accessTokens;
		this.acting = acting;
	}

	/** Whether the request was authenticated with an access token. */
	static boolean isKnownByToken(HttpServletRequest request) {
		return authentication(request) instanceof JwtAuthenticationToken caller && caller.isAuthenticated();
	}

	/**
	 * The caller's token, or {@code null} if there is none that we can read.
	 */
	@Nullable AccessToken token(HttpServletRequest request) {
		try {
			return this.accessTokens.read(authentication(request));
		}
		catch (RefusedException ex) {
			// Other code than ours authenticated a token that we cannot read.
			return null;
		}
	}

	/**
	 * Say of a refusal what is true of the request.
	 * @param refusal a refusal that was decided on the request's own thread
	 */
	Refusal correct(Refusal refusal, HttpServletRequest request) {
		if (Reason.MISSING_TOKEN.equals(refusal.reason()) && CallerRules.isKnownOtherwise(authentication(request))) {
			return Refusal.of(Reason.TOKEN_REQUIRED);
		}
		// Other code may have made fewer authorities of the token than it has scopes.
		if (Reason.INSUFFICIENT_SCOPE.equals(refusal.reason()) && !refusal.required().isEmpty()
				&& this.accessTokens.issuedScopes(authentication(request)).containsAll(refusal.required())) {
			return Refusal.of(Reason.ACCESS_DENIED);
		}
		return refusal;
	}

	/**
	 * Say of a refusal what is true of the request.
	 * @param refused an exception that may come from another thread
	 */
	Refusal correct(Refused refused, HttpServletRequest request) {
		Refusal refusal = refused.refusal();
		if (isKnownByToken(request) && (Reason.MISSING_TOKEN.equals(refusal.reason())
				|| (NO_ORGANIZATION.contains(refusal.reason()) && isOrganizationLost(request)))) {
			return Refusal.of(Reason.CALLER_LOST);
		}
		if (Reason.ORGANIZATION_MISSING.equals(refusal.reason()) && namesOrganization(request)) {
			return Refusal.of(Reason.ORGANIZATION_UNSPECIFIED);
		}
		return correct(refusal, request);
	}

	/**
	 * Whether the request acts in an organization. Where Spring Security has cleared the
	 * context to ask for another login, a token that names one is the best hint.
	 */
	private boolean isOrganizationLost(HttpServletRequest request) {
		return this.acting.find() != null
				|| (SecurityContextHolder.getContext().getAuthentication() == null && namesOrganization(request));
	}

	private boolean namesOrganization(HttpServletRequest request) {
		AccessToken token = token(request);
		return token != null && !token.organizations().isEmpty();
	}

	/** Before it asks for another login, Spring Security clears the context. */
	private static @Nullable Authentication authentication(HttpServletRequest request) {
		Authentication current = SecurityContextHolder.getContext().getAuthentication();
		if (current == null && request.getAttribute(
				RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME) instanceof SecurityContext saved) {
			return saved.getAuthentication();
		}
		return current;
	}

	/**
	 * Find the method that was called without its caller.
	 * @param thrown what it threw
	 * @return its class and name, or {@code null} if nothing tells
	 */
	static @Nullable String calledMethod(Throwable thrown) {
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
