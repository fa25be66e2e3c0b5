package dev.authstarter.organization;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;

/**
 * Creates the security context of a caller outside of web requests: in tests and in
 * listeners. Inject it as a bean.
 */
@FunctionalInterface
public interface CallerContextFactory {

	/**
	 * Create the security context of a caller. The caller acts in the organization of its
	 * token if the token names exactly one, otherwise in none.
	 * @param caller the caller, authenticated
	 * @return the context, for the {@code SecurityContextHolder}
	 */
	SecurityContext of(Authentication caller);

}
