package dev.authstarter.operations;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Restricts endpoints for operators to callers with one authority.
 */
final class OperatorAccess {

	private final String authority;

	OperatorAccess(String authority) {
		this.authority = authority;
	}

	/**
	 * Require the authority of operators.
	 * @param operator the security context of the operation
	 * @throws AccessDeniedException if the caller lacks the authority or is not
	 * authenticated, for example over JMX
	 */
	void require(SecurityContext operator) {
		if (!(operator.getPrincipal() instanceof Authentication caller) || !caller.isAuthenticated()
				|| caller.getAuthorities()
					.stream()
					.map(GrantedAuthority::getAuthority)
					.noneMatch(this.authority::equals)) {
			throw new AccessDeniedException("For operators only");
		}
	}

}
