package dev.authstarter.operations;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Opens what only an operator should see to callers with one authority.
 */
final class OperatorAccess {

	private final String authority;

	OperatorAccess(String authority) {
		this.authority = authority;
	}

	/**
	 * Let operators pass.
	 * @param operator who calls the operation
	 * @throws AccessDeniedException for everybody else, which also is everybody where
	 * nothing authenticates the caller, as over JMX
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
