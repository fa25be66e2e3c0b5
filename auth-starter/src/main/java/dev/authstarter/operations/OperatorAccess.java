package dev.authstarter.operations;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

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
	 * @throws AccessDeniedException for everybody else, which also is everybody where
	 * nothing authenticates the caller, as over JMX
	 */
	void require() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		if (caller == null || !caller.isAuthenticated()
				|| caller.getAuthorities()
					.stream()
					.map(GrantedAuthority::getAuthority)
					.noneMatch(this.authority::equals)) {
			throw new AccessDeniedException("For operators only");
		}
	}

}
