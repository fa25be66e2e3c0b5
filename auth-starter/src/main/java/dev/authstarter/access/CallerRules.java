package dev.authstarter.access;

import java.util.Set;
import java.util.function.Supplier;

import dev.authstarter.AccessToken;
import dev.authstarter.CurrentOrganization;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.authentication.AccessTokenReader;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Holds the current caller to a rule, wherever the code runs.
 */
public final class CallerRules {

	private static final Set<Reason> GRANTS = Set.of(Reason.INSUFFICIENT_SCOPE, Reason.INSUFFICIENT_ROLE,
			Reason.INSUFFICIENT_PERMISSION);

	private final AccessTokenReader accessTokens;

	private final CurrentOrganization acting;

	private final @Nullable GrantHierarchy hierarchy;

	public CallerRules(AccessTokenReader accessTokens, CurrentOrganization acting, @Nullable GrantHierarchy hierarchy) {
		this.accessTokens = accessTokens;
		this.acting = acting;
		this.hierarchy = hierarchy;
	}

	/**
	 * Decide.
	 * @param caller the current caller, or {@code null} if there is none
	 * @return {@code null} to let the caller pass, otherwise why not
	 */
	public @Nullable Refusal refuse(Rule rule, @Nullable AccessToken caller) {
		Refusal refusal = refuse(rule, caller, this.acting.find());
		// A converter of the application may have made fewer authorities of the token
		// than it has scopes. That counts, but must not be called a lack of the token.
		return (refusal != null && Reason.INSUFFICIENT_SCOPE.equals(refusal.reason())
				&& rule.isFulfilledBy(this.accessTokens.issuedScopes(authentication())))
						? Refusal.of(Reason.ACCESS_DENIED) : refusal;
	}

	/**
	 * Decide about a caller who need not be the current one.
	 * @param caller what the caller's token says, or {@code null} if there is none
	 * @param organization the organization that the caller acts in, or {@code null}
	 * @return {@code null} to let the caller pass, otherwise why not
	 */
	public @Nullable Refusal refuse(Rule rule, @Nullable AccessToken caller, @Nullable Organization organization) {
		Refusal refusal = rule.refuse(caller, organization);
		// Looked up only where it may make a difference.
		if (refusal != null && caller != null && this.hierarchy != null && GRANTS.contains(refusal.reason())) {
			refusal = rule.refuse(this.hierarchy.of(caller),
					(organization != null) ? this.hierarchy.of(organization) : null);
		}
		return refusal;
	}

	/**
	 * Let the caller pass or throw.
	 * @param method the class and name of the method whose rule it is, or {@code null} if
	 * it is not a method's
	 * @throws RuleRefusedException if the rule is not fulfilled
	 */
	public void hold(Rule rule, @Nullable Supplier<String> method) {
		Authentication caller = authentication();
		Refusal refusal = refuse(rule, this.accessTokens.read(caller));
		if (refusal != null && Reason.MISSING_TOKEN.equals(refusal.reason()) && isKnownOtherwise(caller)) {
			refusal = Refusal.of(Reason.TOKEN_REQUIRED);
		}
		if (refusal != null) {
			throw new RuleRefusedException(refusal, (method != null) ? method.get() : null);
		}
	}

	/**
	 * Whether somebody is authenticated in another way than by an access token, for
	 * example with a password.
	 */
	public static boolean isKnownOtherwise(@Nullable Authentication caller) {
		return caller != null && caller.isAuthenticated() && !(caller instanceof AnonymousAuthenticationToken)
				&& !(caller instanceof JwtAuthenticationToken);
	}

	private static @Nullable Authentication authentication() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

}
