package dev.authstarter.test.attack.catalogue;

import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.TokenForge;
import org.jspecify.annotations.Nullable;

/**
 * An attacker with tokens of the application's own issuer, a key that no issuer has, and
 * a key server that the application must not call.
 *
 * @param forge makes valid tokens
 * @param properties the configuration of the application
 * @param issuer the issuer for whose tokens the forge is configured
 * @param organization the organization that is attacked
 * @param foreign the attacker's own organization
 * @param subject the attacker's subject, which no answer may contain
 * @param trap the server of the attacker's keys
 */
public record Attacker(TokenForge forge, AuthStarterProperties properties, TrustedIssuer issuer, String organization,
		String foreign, String subject, KeyTrap trap) {

	/**
	 * A scope that no handler requires: a token without any grant is refused for that
	 * reason.
	 */
	public static final String USELESS_SCOPE = "attack:nothing";

	/**
	 * Attack an organization.
	 * @param organization the organization, or {@code null} for one that is allowed
	 */
	public static Attacker of(TokenForge forge, AuthStarterProperties properties, TrustedIssuer issuer,
			@Nullable String organization) {
		CallingOrganizations calling = CallingOrganizations.of(properties, issuer);
		String attacked = (organization != null) ? organization : calling.one();
		return new Attacker(forge, properties, issuer, attacked, calling.otherThan(attacked),
				"attacker-" + UUID.randomUUID(), new KeyTrap());
	}

	CallingOrganizations allowed() {
		return CallingOrganizations.of(this.properties, this.issuer);
	}

	ForgedToken token() {
		return this.forge.token().asUser(this.subject).withScopes(USELESS_SCOPE);
	}

	/**
	 * The application's time, to the second.
	 */
	Instant now() {
		try {
			Map<String, Object> claims = JSONObjectUtils
				.parse(new Base64URL(TokenText.of(token()).claims()).decodeToString());
			return Instant.ofEpochSecond(JSONObjectUtils.getLong(claims, "iat"));
		}
		catch (ParseException ex) {
			throw new IllegalStateException("The forged token has no 'iat'", ex);
		}
	}

	String audience() {
		return this.issuer.audiences().stream().sorted().findFirst().orElseThrow();
	}

	List<JWK> publicKeys() {
		return this.forge.publicKeys().getKeys();
	}

}
