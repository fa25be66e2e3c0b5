package dev.authstarter.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.nimbusds.jose.jwk.JWKSet;

/**
 * Makes access tokens that are genuine to the application under test, to be broken in one
 * part at a time.
 * <p>
 * In a Spring test, {@link AutoConfigureForgedTokens} provides one for the application's
 * issuer and audience. All forges of a JVM sign with the same keys, which are made on
 * first use.
 */
public final class TokenForge {

	/** As long as most providers' access tokens live. */
	static final Duration LIFETIME = Duration.ofHours(1);

	private final String issuer;

	private final List<String> audiences;

	private final Clock clock;

	private TokenForge(String issuer, Collection<String> audiences, Clock clock) {
		this.issuer = issuer;
		this.audiences = audiences.stream().sorted().toList();
		this.clock = clock;
	}

	/**
	 * Make a forge without Spring.
	 * @param issuer the issuer that the tokens name
	 * @param audience the audience that the tokens name
	 * @return the forge
	 */
	public static TokenForge of(String issuer, String audience) {
		return of(issuer, List.of(audience), Clock.systemUTC());
	}

	/**
	 * Make a forge without Spring.
	 * @param issuer the issuer that the tokens name
	 * @param audiences the audiences that the tokens name
	 * @param clock the clock that says when tokens are issued
	 * @return the forge
	 */
	public static TokenForge of(String issuer, Collection<String> audiences, Clock clock) {
		return new TokenForge(issuer, audiences, clock);
	}

	/**
	 * Make an access token that is valid for an hour from now: signed with RS256, of the
	 * type {@code at+jwt} and with the claims that RFC 9068 section 2.2 requires. Its
	 * only scope is {@code openid}; it names no organization.
	 * @return the token of a user
	 */
	public ForgedToken token() {
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", this.issuer);
		claims.put("sub", "forged-user");
		claims.put("scope", "openid");
		claims.put("client_id", "forged-client");
		claims.put("iat", now.getEpochSecond());
		claims.put("exp", now.plus(LIFETIME).getEpochSecond());
		claims.put("jti", UUID.randomUUID().toString());
		return ForgedToken.of(now, claims).forAudience(this.audiences.toArray(String[]::new));
	}

	/**
	 * Return the public keys of this JVM's forges, for whoever has to verify tokens
	 * without Spring.
	 * @return the key set, as an issuer would publish it
	 */
	public JWKSet publicKeys() {
		return ForgeKeys.published();
	}

	String issuer() {
		return this.issuer;
	}

}
