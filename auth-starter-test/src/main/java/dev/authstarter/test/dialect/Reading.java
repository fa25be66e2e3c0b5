package dev.authstarter.test.dialect;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.claims.ClaimReader;
import dev.authstarter.provider.ProviderSettings;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

/**
 * A forged token as the application reads it, compared with the requested content.
 *
 * @param reader the application's own reader
 * @param spelling the configuration of the reader
 * @param draft the token
 */
record Reading(ClaimReader reader, ProviderSettings spelling, Draft draft) {

	private static final String ADVICE = "Configure the claim as in production, or use withClaim(name, value) to "
			+ "write the claims of your issuer.";

	static IllegalArgumentException cannot(ProviderSettings spelling, String what, String property, String hint) {
		List<String> list = spelling.list(property);
		return new IllegalArgumentException("Tokens of provider '%s' cannot hold %s: 'auth-starter.%s' is %s. %s%s"
			.formatted(spelling.provider(), what, property, list.isEmpty() ? "empty" : list, hint, ADVICE));
	}

	static boolean isMachine(ClaimReader reader, Draft draft) {
		AccessToken token = reader.read(content(draft));
		return token != null && token.callerType() == CallerType.MACHINE;
	}

	static boolean isAccessToken(ClaimReader reader, Draft draft) {
		return reader.type().refuse(content(draft)) == null;
	}

	private static TokenContent content(Draft draft) {
		return TokenContent.jwt(known(draft.header()), known(draft.claims()));
	}

	/** Convert the type: a draft without defects has no {@code null} values. */
	static Map<String, Object> known(Map<String, @Nullable Object> members) {
		Map<String, Object> known = new LinkedHashMap<>();
		members.forEach((name, value) -> {
			if (value != null) {
				known.put(name, value);
			}
		});
		return known;
	}

	/**
	 * Require that the application reads the requested content.
	 * @throws IllegalArgumentException if it does not
	 */
	void require(Content content, Content.Membership membership, List<String> audiences) {
		TokenContent token = content(this.draft);
		require(this.reader.type().refuse(token) == null, "what proves an access token", "token.accept-if");
		require(!Collections.disjoint(this.reader.audience().of(token.claims()), audiences), "its audience",
				"token.audience-from");
		AccessToken read = this.reader.read(token);
		require(read != null && isNamed(read, content), caller(content),
				(content.caller() == null) ? "claims.subject" : "token.machine-if");
		if (read != null) {
			requireGrants(read, content, membership);
		}
	}

	private static String caller(Content content) {
		return (content.caller() != null) ? "the %s '%s'".formatted(
				(content.caller() == CallerType.MACHINE) ? "machine" : "person", content.subject()) : "a subject";
	}

	private static boolean isNamed(AccessToken token, Content content) {
		boolean machine = content.caller() == CallerType.MACHINE;
		return (content.subject() == null || content.subject().equals(token.subject()))
				&& (content.caller() == null || content.caller() == token.callerType())
				&& (!machine || token.subject().equals(token.clientId()));
	}

	private void requireGrants(AccessToken token, Content content, Content.Membership membership) {
		requireAll(token.scopes(), content.scopes(), "claims.scopes");
		requireAll(token.roles(), content.roles(), "claims.roles");
		requireAll(token.permissions(), content.permissions(), "claims.permissions");
		String id = membership.organization();
		if (id != null && this.reader.allowsOrganization(id)) {
			Organization organization = token.organization(id);
			require(organization != null, "the organization '" + id + "'", "claims.organizations");
			requireAll(token.rolesIn(organization), membership.roles(), "claims.roles");
		}
	}

	private void requireAll(Collection<String> read, @Nullable List<String> asked, String property) {
		for (String name : (asked != null) ? asked : List.<String>of()) {
			require(read.contains(name), "'" + name + "'", property);
		}
	}

	private void require(boolean condition, String what, String property) {
		if (!condition) {
			throw cannot(this.spelling, what, property, "");
		}
	}

}
