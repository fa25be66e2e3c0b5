package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;
import dev.authstarter.configuration.TokenProfile;
import dev.authstarter.token.check.TimeCheck;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.unit.DataSize;

/**
 * Creates the token checks and the cache from the properties that apply to all issuers.
 */
final class TokenChecksFactory {

	private static final DataSize MAXIMUM_TOKEN_LENGTH = DataSize.ofKilobytes(256);

	private static final DataSize MINIMUM_CACHE_SIZE = DataSize.ofMegabytes(1);

	private static final Duration MAXIMUM_CLOCK_SKEW = Duration.ofMinutes(5);

	private final AuthStarterProperties properties;

	TokenChecksFactory(AuthStarterProperties properties) {
		this.properties = properties;
	}

	/**
	 * Create the checks.
	 * @param clock the clock
	 * @param validators the validators of the application
	 * @return the checks
	 * @throws InvalidConfigurationPropertyValueException if a property is out of bounds
	 */
	TokenChecks checks(Clock clock, List<OAuth2TokenValidator<Jwt>> validators) {
		return new TokenChecks(new TimeCheck(clock, clockSkew(), maximumLifetime()),
				this.properties.token().requiredClaims(), this.properties.profile() == TokenProfile.RFC9068,
				new ValidatorCheck(validators));
	}

	/**
	 * Return the maximum number of characters of a token.
	 * @throws InvalidConfigurationPropertyValueException if it is out of bounds
	 */
	int maximumLength() {
		return (int) Bounds
			.require("auth-starter.token.maximum-length", this.properties.token().maximumLength(), DataSize.ofBytes(1),
					MAXIMUM_TOKEN_LENGTH, "It must be positive and at most 256KB.")
			.toBytes();
	}

	/**
	 * Create the cache of verified tokens.
	 * @throws InvalidConfigurationPropertyValueException if it is too small
	 */
	TokenCache cache() {
		DataSize size = this.properties.cache().maximumSize();
		if (size.compareTo(MINIMUM_CACHE_SIZE) < 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.cache.maximum-size", size,
					"It must be at least 1MB. To disable the cache, set 'auth-starter.cache.enabled' to false.");
		}
		return new TokenCache(size);
	}

	private @Nullable Duration maximumLifetime() {
		Duration lifetime = this.properties.token().maximumLifetime();
		if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.token.maximum-lifetime", lifetime,
					"It must be positive.");
		}
		return lifetime;
	}

	private Duration clockSkew() {
		return Bounds.require("auth-starter.clock-skew", this.properties.clockSkew(), Duration.ZERO, MAXIMUM_CLOCK_SKEW,
				"It must be between 0 seconds and 5 minutes: a larger skew keeps expired tokens alive.");
	}

}
