package dev.authstarter.test.issuer.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Address of the issuer for local development, and content of its tokens. Properties that
 * are not set default to what the called handler requires.
 *
 * @param port Port of the issuer. Without it, a free one, which changes at each start.
 * @param keyFile File with the private keys of the issuer, so that tokens stay valid when
 * the application restarts. Created at the first start, readable only by its owner.
 * Requires a port, because the tokens name it.
 * @param scopes Scopes of the tokens. Without them, those that the called handler
 * requires.
 * @param roles Roles that hold everywhere. Without them, those that the called handler
 * requires.
 * @param permissions Permissions of the tokens. Without them, those that the called
 * handler requires.
 * @param organization Organization that the tokens name. Without it, one is invented if
 * the called handler requires one.
 * @param organizationRoles Roles in that organization. Without them, and without roles,
 * those that the called handler requires.
 * @param subject Subject of the tokens, for example auth0|42.
 * @param redirectUris Redirect URIs to which front ends get authorization codes, compared
 * exactly, at localhost or 127.0.0.1; for example http://localhost:5173/callback.
 * Requires users.
 * @param users Test users that sign in by a click, by a name of your choice.
 * @param clients Machines that get tokens by client credentials, by the id of the client.
 */
@ConfigurationProperties(prefix = "local-issuer", ignoreUnknownFields = false)
public record LocalIssuerProperties(@Nullable Integer port, @Nullable Path keyFile, @DefaultValue List<String> scopes,
		@DefaultValue List<String> roles, @DefaultValue List<String> permissions, @Nullable String organization,
		@DefaultValue List<String> organizationRoles, @Nullable String subject, @DefaultValue List<String> redirectUris,
		@DefaultValue Map<String, User> users, @DefaultValue Map<String, Client> clients) {

	/**
	 * Treat empty texts as absent.
	 */
	public LocalIssuerProperties {
		organization = StringUtils.hasText(organization) ? organization : null;
		subject = StringUtils.hasText(subject) ? subject : null;
	}

	/**
	 * A test user.
	 *
	 * @param subject Subject of the tokens. Without it, the name of the user.
	 * @param scopes Scopes that the user may grant, beside those of a sign-in. Without
	 * them, all that a front end requests.
	 * @param roles Roles that hold everywhere.
	 * @param permissions Permissions of the user.
	 * @param organization Organization of the user.
	 * @param organizationRoles Roles in that organization.
	 */
	@ConfigurationPropertiesSource
	public record User(@Nullable String subject, @DefaultValue List<String> scopes, @DefaultValue List<String> roles,
			@DefaultValue List<String> permissions, @Nullable String organization,
			@DefaultValue List<String> organizationRoles) {

		/**
		 * Treat empty texts as absent.
		 */
		public User {
			subject = StringUtils.hasText(subject) ? subject : null;
			organization = StringUtils.hasText(organization) ? organization : null;
		}

		WantedToken token(String name, List<String> granted) {
			return new WantedToken(false, (this.subject != null) ? this.subject : name, granted, this.roles,
					this.permissions, this.organization, this.organizationRoles, null);
		}

	}

	/**
	 * A machine (client credentials).
	 *
	 * @param secret Secret with which the client authenticates.
	 * @param scopes Scopes that the client may have. Without them, all that it requests.
	 * @param roles Roles that hold everywhere.
	 * @param permissions Permissions of the client.
	 * @param organization Organization of the client.
	 * @param organizationRoles Roles in that organization.
	 */
	@ConfigurationPropertiesSource
	public record Client(@Nullable String secret, @DefaultValue List<String> scopes, @DefaultValue List<String> roles,
			@DefaultValue List<String> permissions, @Nullable String organization,
			@DefaultValue List<String> organizationRoles) {

		/**
		 * Treat empty texts as absent.
		 */
		public Client {
			organization = StringUtils.hasText(organization) ? organization : null;
		}

		WantedToken token(String id, List<String> granted) {
			return new WantedToken(true, id, granted, this.roles, this.permissions, this.organization,
					this.organizationRoles, null);
		}

	}

}
