package dev.authstarter.refusal;

import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;

/**
 * Determines from the configuration which authorities are scopes.
 */
public final class SecurityRefusalsFactory {

	private SecurityRefusalsFactory() {
	}

	/**
	 * Create the mapping of Spring Security's exceptions.
	 * @param properties the properties of this library
	 * @param stock Spring Boot's properties, or {@code null} if they are not bound
	 * @return the mapping
	 */
	public static SecurityRefusals create(AuthStarterProperties properties,
			@Nullable OAuth2ResourceServerProperties stock) {
		return new SecurityRefusals((stock != null && isMapped(stock.getJwt())) ? scopePrefix(stock.getJwt())
				: properties.authorities().scopePrefix());
	}

	/** Whether Spring Boot's properties define the authorities. */
	private static boolean isMapped(OAuth2ResourceServerProperties.Jwt jwt) {
		return jwt.getAuthorityPrefix() != null || jwt.getAuthoritiesClaimName() != null
				|| !jwt.getAuthoritiesClaimExpressions().isEmpty();
	}

	/**
	 * Return the prefix of scopes. It is unknown whether other claims contain scopes, and
	 * without a prefix any authority could be one.
	 */
	private static @Nullable String scopePrefix(OAuth2ResourceServerProperties.Jwt jwt) {
		String claim = jwt.getAuthoritiesClaimName();
		boolean scopes = (claim == null || claim.equals("scope") || claim.equals("scp"))
				&& jwt.getAuthoritiesClaimExpressions().isEmpty();
		String prefix = (jwt.getAuthorityPrefix() != null) ? jwt.getAuthorityPrefix() : "SCOPE_";
		return (scopes && !prefix.isEmpty()) ? prefix : null;
	}

}
