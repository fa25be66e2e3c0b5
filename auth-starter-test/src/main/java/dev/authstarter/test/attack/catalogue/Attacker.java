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
 * Who attacks: with tokens of the application's own issuer, a key of the attacker's own
 * and a server that nobody may ask.
 *
 * @param forge makes genuine tokens
 * @param properties how the application is configured
 * @param issuer the issuer that the forge forges for
 * @param organization the organization that is attacked
 * @param foreign the attacker's own organization
 * @param subject who the attacker is; a mark to find in answers
 * @param trap where the attacker's keys can be fetched
 */
public record Attacker(TokenForge forge, AuthStarterProperties properties, TrustedIssuer issuer, String organization,
		String foreign, String subject, KeyTrap trap) {

	/**
	 * A scope that no handler asks for: a token without any grant is refused for that.
	 */
	public static final String USELESS_SCOPE = "attack:nothing";

	/**
	 * Attack an organization.
	 * @param organization the organization, or {@code null} for one that may call
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
			throw new IllegalStateException("The forge says not when a token was made", ex);
		}
	}

	String audience() {
		return this.issuer.audiences().stream().sorted().findFirst().orElseThrow();
	}

	List<JWK> publicKeys() {
		return this.forge.publicKeys().getKeys();
	}

}
