package dev.authstarter.refusal;

import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;

/**
 * Knows from the configuration which authorities are scopes.
 */
public final class SecurityRefusalsFactory {

	private SecurityRefusalsFactory() {
	}

	/**
	 * Create what reads Spring Security's exceptions.
	 * @param properties the library's own
	 * @param stock Spring Boot's, or {@code null} where they are not bound
	 * @return the reader
	 */
	public static SecurityRefusals create(AuthStarterProperties properties,
			@Nullable OAuth2ResourceServerProperties stock) {
		return new SecurityRefusals((stock != null && isMapped(stock.getJwt())) ? scopePrefix(stock.getJwt())
				: properties.authorities().scopePrefix());
	}

	/** Whether Spring Boot's properties say what authorities there are. */
	private static boolean isMapped(OAuth2ResourceServerProperties.Jwt jwt) {
		return jwt.getAuthorityPrefix() != null || jwt.getAuthoritiesClaimName() != null
				|| !jwt.getAuthoritiesClaimExpressions().isEmpty();
	}

	/**
	 * Of another claim it is unknown whether it holds scopes, and without a prefix any
	 * authority could be one.
	 */
	private static @Nullable String scopePrefix(OAuth2ResourceServerProperties.Jwt jwt) {
		String claim = jwt.getAuthoritiesClaimName();
		boolean scopes = (claim == null || claim.equals("scope") || claim.equals("scp"))
				&& jwt.getAuthoritiesClaimExpressions().isEmpty();
		String prefix = (jwt.getAuthorityPrefix() != null) ? jwt.getAuthorityPrefix() : "SCOPE_";
		return (scopes && !prefix.isEmpty()) ? prefix : null;
	}

}
