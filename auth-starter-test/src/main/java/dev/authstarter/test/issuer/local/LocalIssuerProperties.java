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
 * Configuration of the issuer for local development: its address and the content of its
 * tokens. Grants that are not set default to what the called handler requires.
 *
 * @param port Port of the issuer. If it is not set, a free port is chosen at each
 * start-up.
 * @param keyFile File with the private keys of the issuer, so that tokens remain valid
 * when the application restarts. It is created at the first start-up, readable only by
 * its owner. Requires a fixed port, because tokens contain the port of their issuer.
 * @param scopes Scopes of the tokens. By default, those that the called handler requires.
 * @param roles Roles of the tokens in all organizations. By default, those that the
 * called handler requires.
 * @param permissions Permissions of the tokens. By default, those that the called handler
 * requires.
 * @param organization Organization that the tokens name. By default, an allowed
 * organization or org_local, for handlers that require one.
 * @param organizationRoles Roles of the tokens in their organization. By default, those
 * that the called handler requires, unless roles in all organizations are set.
 * @param subject Subject of the tokens, for example auth0|42.
 * @param redirectUris Redirect URIs of the front ends that receive authorization codes,
 * compared exactly. The host must be localhost or 127.0.0.1, for example
 * http://localhost:5173/callback. Requires at least one user.
 * @param users Test users that can sign in without a password, each under a name of your
 * choice.
 * @param clients Machines that obtain tokens with client credentials, by client id.
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
	 * @param subject Subject of the tokens. By default, the name of the user.
	 * @param scopes Scopes that the user may grant, in addition to those of a sign-in. By
	 * default, the user may grant all requested scopes.
	 * @param roles Roles of the user in all organizations.
	 * @param permissions Permissions of the user's tokens.
	 * @param organization Organization that the user's tokens name.
	 * @param organizationRoles Roles of the user in that organization.
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
	 * @param secret Secret with which the client authenticates. Required.
	 * @param scopes Scopes that the client may obtain. By default, it obtains all scopes
	 * that it requests.
	 * @param roles Roles of the client in all organizations.
	 * @param permissions Permissions of the client's tokens.
	 * @param organization Organization that the client's tokens name.
	 * @param organizationRoles Roles of the client in that organization.
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
