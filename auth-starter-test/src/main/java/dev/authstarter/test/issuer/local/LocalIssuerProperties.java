package dev.authstarter.test.issuer.local;

import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Where the issuer for local development is, and what its tokens say. What is not set is
 * what the called handler asks for.
 *
 * @param port Port of the issuer on this machine. Without it, a free one, another at each
 * start.
 * @param keyFile File with the private keys of the issuer, so that tokens stay good when
 * the application starts anew. Made at the first start, for its owner alone. Needs a
 * port, which the tokens name.
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
public record LocalIssuerProperties(@Nullable Integer port, @Nullable Path keyFile, @DefaultValue List<String> scopes,
		@DefaultValue List<String> roles, @DefaultValue List<String> permissions, @Nullable String organization,
		@DefaultValue List<String> organizationRoles, @Nullable String subject) {

	/**
	 * Take an empty text for none.
	 */
	public LocalIssuerProperties {
		organization = StringUtils.hasText(organization) ? organization : null;
		subject = StringUtils.hasText(subject) ? subject : null;
	}

}
