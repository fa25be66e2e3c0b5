package dev.authstarter.test;

import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.token.check.TokenContent;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;

/**
 * The token of a request that a test sent, for failure messages. It has no signature.
 *
 * @param header the JOSE header
 * @param claims the claims
 */
record SentToken(Map<String, Object> header, Map<String, Object> claims) {

	private static final String BEARER = "Bearer ";

	/**
	 * Read the token of a request.
	 * @return the token, or {@code null} if there is none or it cannot be read
	 */
	static @Nullable SentToken of(@Nullable String authorization) {
		if (authorization == null || !authorization.startsWith(BEARER)) {
			return null;
		}
		List<String> parts = List.of(authorization.substring(BEARER.length()).split("\\.", -1));
		try {
			return (parts.size() == 3) ? new SentToken(part(parts.get(0)), part(parts.get(1))) : null;
		}
		catch (ParseException ex) {
			return null;
		}
	}

	private static Map<String, Object> part(String encoded) throws ParseException {
		return JSONObjectUtils.parse(new Base64URL(encoded).decodeToString());
	}

	/**
	 * Describe what the application reads from the token, before anything is verified.
	 */
	@Nullable String readBy(BeanFactory application) {
		TrustedIssuer issuer = application.getBean(TrustedIssuers.class).find(this.claims);
		AccessToken token = (issuer != null)
				? application.getBean(ClaimReaders.class).of(issuer).read(TokenContent.jwt(this.header, this.claims))
				: null;
		return (token != null) ? "%s '%s', scopes %s, roles %s, permissions %s, organizations %s".formatted(
				token.callerType(), token.subject(), new TreeSet<>(token.scopes()), new TreeSet<>(token.roles()),
				new TreeSet<>(token.permissions()), token.organizations().stream().map(SentToken::describe).toList())
				: null;
	}

	private static String describe(Organization organization) {
		return organization.roles().isEmpty() ? organization.id()
				: organization.id() + " with roles " + new TreeSet<>(organization.roles());
	}

	@Override
	public String toString() {
		return JSONObjectUtils.toJSONString(this.header) + " " + JSONObjectUtils.toJSONString(this.claims);
	}

}
