package dev.authstarter.organization;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Makes the security context of a caller where no web request does: in tests and in
 * listeners. A bean.
 */
@FunctionalInterface
public interface CallerContextFactory {

	/**
	 * Make the security context of a caller, who acts in the organization of its token if
	 * that names one alone. Nobody can be made to act in another.
	 * @param caller the caller, authenticated
	 * @return the context, for Spring Security's holder
	 */
	SecurityContext of(Authentication caller);

}
