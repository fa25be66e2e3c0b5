package dev.authstarter.test.issuer;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * What the tokens of a {@link LocalIssuer} say. What is not set is what the called
 * handler asks for.
 *
 * @param scopes Scopes of the tokens. Without them, those that the called handler asks
 * for.
 * @param roles Roles that hold everywhere. Without them, those that the called handler
 * asks for.
 * @param permissions Permissions of the tokens. Without them, those that the called
 * handler asks for.
 * @param organization Organization that the tokens name. Without it, one is made up where
 * the called handler needs one.
 * @param organizationRoles Roles in that organization. Without them, and without roles,
 * those that the called handler asks for.
 * @param subject Person that calls, for example auth0|42.
 */
@ConfigurationProperties(prefix = "local-issuer", ignoreUnknownFields = false)
record LocalIssuerProperties(@DefaultValue List<String> scopes, @DefaultValue List<String> roles,
		@DefaultValue List<String> permissions, @Nullable String organization,
		@DefaultValue List<String> organizationRoles, @Nullable String subject) {

	/**
	 * Take an empty text for none.
	 */
	LocalIssuerProperties {
		organization = StringUtils.hasText(organization) ? organization : null;
		subject = StringUtils.hasText(subject) ? subject : null;
	}

}
