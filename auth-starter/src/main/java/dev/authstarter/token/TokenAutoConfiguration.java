package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.authstarter.AuthStarterProperties;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.claims.Provider;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Auto-configuration of the token policy: which tokens are genuine, fresh and meant for
 * this API.
 */
@AutoConfiguration(after = { KeysAutoConfiguration.class, ClaimsAutoConfiguration.class },
		before = OAuth2ResourceServerAutoConfiguration.class)
public final class TokenAutoConfiguration {

	private static final Duration MAXIMUM_CLOCK_SKEW = Duration.ofMinutes(5);

	private static final Set<String> ASYMMETRIC = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
			"ES384", "ES512", "EdDSA", "Ed25519");

	/**
	 * Primary, so that whoever asks for a decoder gets the one that knows the rules.
	 */
	@Bean
	@Primary
	AccessTokenDecoder accessTokenDecoder(TrustedIssuer issuer, AuthStarterProperties properties, Provider provider,
			TrustedKeys keys, ObjectProvider<OAuth2TokenValidator<Jwt>> rules, ObjectProvider<Clock> clock) {
		TokenTimes times = new TokenTimes(clock.getIfAvailable(Clock::systemUTC), clockSkew(properties));
		return new AccessTokenDecoder(issuer, algorithms(properties),
				Math.toIntExact(properties.token().maximumLength().toBytes()), provider, times, keys,
				rules.orderedStream().toList());
	}

	private static Duration clockSkew(AuthStarterProperties properties) {
		Duration skew = properties.clockSkew();
		if (skew.isNegative() || skew.compareTo(MAXIMUM_CLOCK_SKEW) > 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.clock-skew", skew,
					"It must be between 0 seconds and 5 minutes: a larger skew keeps expired tokens alive.");
		}
		return skew;
	}

	private static List<String> algorithms(AuthStarterProperties properties) {
		List<String> algorithms = properties.algorithms();
		if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.algorithms", algorithms,
					"It must name at least one of %s and nothing else."
						.formatted(ASYMMETRIC.stream().sorted().toList()));
		}
		return algorithms;
	}

}
