package dev.authstarter.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Spring Boot's properties for the names and authorities of callers. Those with an
 * equivalent in this library are applied as that: the prefix of scopes, and the claim
 * with the caller's name. With any other, Spring Boot's converter creates the
 * authorities.
 */
public final class BootClaimProperties {

	private static final String PREFIX = "spring.security.oauth2.resourceserver.jwt.";

	private static final String PRINCIPAL = PREFIX + "principal-claim-name";

	private static final String AUTHORITY_PREFIX = PREFIX + "authority-prefix";

	private static final String CLAIM = PREFIX + "authorities-claim-name";

	private static final String EXPRESSIONS = PREFIX + "authorities-claim-expressions";

	private static final String DELIMITER = PREFIX + "authorities-claim-delimiter";

	private static final String OWN_SCOPE_PREFIX = "auth-starter.authorities.scope-prefix";

	private static final String OWN_ROLE_PREFIX = "auth-starter.authorities.role-prefix";

	private static final String OWN_PERMISSION_PREFIX = "auth-starter.authorities.permission-prefix";

	private final Binder binder;

	/**
	 * Create a reader of the properties.
	 * @param environment the source of the properties
	 */
	public BootClaimProperties(Environment environment) {
		this.binder = Binder.get(environment);
	}

	/**
	 * Return the claim with the caller's name.
	 * @return its name, or {@code null} for the subject
	 */
	public @Nullable String principalClaim() {
		return text(PRINCIPAL);
	}

	/** Return whether Spring Boot's converter creates the authorities of callers. */
	boolean makeAuthorities() {
		return text(CLAIM) != null || !expressions().isEmpty() || text(DELIMITER) != null
				|| (text(AUTHORITY_PREFIX) != null && !isPrefixOfScopes());
	}

	/**
	 * Return the effective prefix of scopes.
	 * @param own this library's prefix
	 */
	String scopePrefix(String own) {
		String prefix = text(AUTHORITY_PREFIX);
		return (prefix != null && isPrefixOfScopes() && !isSet(OWN_SCOPE_PREFIX)) ? prefix : own;
	}

	/** Return whether the prefix is distinct from those of roles and permissions. */
	private boolean isPrefixOfScopes() {
		String prefix = text(AUTHORITY_PREFIX);
		return prefix != null && text(CLAIM) == null && expressions().isEmpty() && text(DELIMITER) == null
				&& AuthoritiesFactory.isApart(prefix, own(OWN_ROLE_PREFIX, "ROLE_"),
						own(OWN_PERMISSION_PREFIX, "PERMISSION_"));
	}

	/**
	 * Validate the properties against this library's.
	 * @throws InvalidConfigurationPropertyValueException if one contradicts a property of
	 * this library, or would have no effect
	 */
	void validate(AuthStarterProperties properties) {
		validatePrefix(properties.authorities().scopePrefix());
		validateDelimiter();
		String principal = text(PRINCIPAL);
		String claim = text(CLAIM);
		validate("auth-starter.claims.", properties.claims(), principal, claim);
		properties.issuers()
			.forEach((name, issuer) -> validate("auth-starter.issuers." + name + ".claims.", issuer.claims(), principal,
					claim));
	}

	private void validatePrefix(String own) {
		String prefix = text(AUTHORITY_PREFIX);
		if (prefix != null && isSet(OWN_SCOPE_PREFIX) && !prefix.equals(own) && text(CLAIM) == null
				&& expressions().isEmpty()) {
			throw differs(OWN_SCOPE_PREFIX, own, AUTHORITY_PREFIX, prefix);
		}
	}

	private void validateDelimiter() {
		String delimiter = text(DELIMITER);
		boolean read = text(CLAIM) != null || text(AUTHORITY_PREFIX) != null || text(PRINCIPAL) != null
				|| !expressions().isEmpty();
		if (delimiter != null && !read) {
			throw new InvalidConfigurationPropertyValueException(DELIMITER, delimiter,
					"Spring Boot does not read it alone. Set '%s', too, or remove it.".formatted(CLAIM));
		}
	}

	private void validate(String prefix, AuthStarterProperties.Claims claims, @Nullable String principal,
			@Nullable String claim) {
		if (principal != null && claims.subject() != null && !claims.subject().equals(List.of(principal))) {
			throw differs(prefix + "subject", claims.subject(), PRINCIPAL, principal);
		}
		if (claim == null && expressions().isEmpty()) {
			return;
		}
		boolean same = claim != null && List.of(claim).equals(claims.scopes());
		for (Map.Entry<String, List<String>> own : grants(claims, same).entrySet()) {
			throw new InvalidConfigurationPropertyValueException(prefix + own.getKey(), own.getValue(),
					"It would have no effect: '%s' determines the authorities of callers. Remove one of the two."
						.formatted((claim != null) ? CLAIM : EXPRESSIONS));
		}
	}

	/** Return the properties of this library that Spring Boot's converter ignores. */
	private static Map<String, List<String>> grants(AuthStarterProperties.Claims claims, boolean sameScopes) {
		Map<String, List<String>> grants = new java.util.LinkedHashMap<>();
		if (claims.scopes() != null && !sameScopes) {
			grants.put("scopes", claims.scopes());
		}
		if (claims.roles() != null) {
			grants.put("roles", claims.roles());
		}
		if (claims.permissions() != null) {
			grants.put("permissions", claims.permissions());
		}
		return grants;
	}

	private static InvalidConfigurationPropertyValueException differs(String property, Object value,
			String bootProperty, String bootValue) {
		return new InvalidConfigurationPropertyValueException(property, value,
				"It differs from '%s', which is '%s'. Remove one of the two.".formatted(bootProperty, bootValue));
	}

	private boolean isSet(String property) {
		return this.binder.bind(property, String.class).isBound();
	}

	private String own(String property, String fallback) {
		return this.binder.bind(property, String.class).orElse(fallback);
	}

	private List<String> expressions() {
		return this.binder.bind(EXPRESSIONS, Bindable.listOf(String.class)).orElse(new ArrayList<>());
	}

	/** Spring Boot treats an empty prefix as set. */
	private @Nullable String text(String property) {
		String text = this.binder.bind(property, String.class).orElse(null);
		return (text != null && text.isBlank() && !property.equals(AUTHORITY_PREFIX)) ? null : text;
	}

}
