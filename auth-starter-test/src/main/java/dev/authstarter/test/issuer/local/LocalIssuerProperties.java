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
 * @param redirectUris Where front ends get authorization codes, exactly as they name it,
 * at localhost or 127.0.0.1; for example http://localhost:5173/callback. Needs users.
 * @param users Test users that sign in by a click, by a name of your choice.
 * @param clients Machines that get tokens by client credentials, by the id of the client.
 */
@ConfigurationProperties(prefix = "local-issuer", ignoreUnknownFields = false)
public record LocalIssuerProperties(@Nullable Integer port, @Nullable Path keyFile, @DefaultValue List<String> scopes,
		@DefaultValue List<String> roles, @DefaultValue List<String> permissions, @Nullable String organization,
		@DefaultValue List<String> organizationRoles, @Nullable String subject, @DefaultValue List<String> redirectUris,
		@DefaultValue Map<String, User> users, @DefaultValue Map<String, Client> clients) {

	/**
	 * Take an empty text for none.
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
		 * Take an empty text for none.
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
	 * A machine.
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
		 * Take an empty text for none.
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
