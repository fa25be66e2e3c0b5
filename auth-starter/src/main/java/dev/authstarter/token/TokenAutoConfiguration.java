package dev.authstarter.token;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.TokenProfile;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.introspection.IntrospectionsFactory;
import dev.authstarter.issuer.IssuerHttpClientFactory;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.util.unit.DataSize;

/**
 * Auto-configuration of the token policy: which tokens are genuine, fresh and meant for
 * this API.
 */
@AutoConfiguration(after = { KeysAutoConfiguration.class, ClaimsAutoConfiguration.class },
		before = OAuth2ResourceServerAutoConfiguration.class)
public final class TokenAutoConfiguration {

	/** RFC 9068 section 2.2. */
	private static final List<String> RFC9068_CLAIMS = List.of("iss", "exp", "aud", "sub", "client_id", "iat", "jti");

	private static final DataSize MAXIMUM_TOKEN_LENGTH = DataSize.ofKilobytes(256);

	private static final DataSize MINIMUM_CACHE_SIZE = DataSize.ofMegabytes(1);

	/** Of Tomcat and of Jetty, where nothing else is configured. */
	private static final int REQUEST_THREADS = 200;

	/** With fewer, nine tenths of them are no bound. */
	private static final int MINIMUM_REQUEST_THREADS = 10;

	private static final Duration MAXIMUM_CLOCK_SKEW = Duration.ofMinutes(5);

	/**
	 * Primary, so that whoever asks for a decoder gets the one that knows the rules.
	 */
	@Bean
	@Primary
	AccessTokenDecoder accessTokenDecoder(TrustedIssuers issuers, AuthStarterProperties properties,
			ClaimReaders providers, TrustedKeys keys, VerifiedJwts jwts, ObjectProvider<TokenCache> verified,
			SecureTransport transport, IssuerHttpClientFactory clients, ObjectProvider<OAuth2TokenValidator<Jwt>> rules,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, AuthListeners listeners,
			Environment environment) {
		TimeCheck times = new TimeCheck(clock, clockSkew(properties), maximumLifetime(properties));
		TokenPolicy policy = new TokenPolicy(providers, times, requiredClaims(properties),
				properties.profile() == TokenProfile.RFC9068);
		return new AccessTokenDecoder(issuers, maximumLength(properties), policy, keys, jwts, verified.getIfAvailable(),
				new IntrospectionsFactory(properties, issuers, transport, environment).create(clients,
						requestThreads(environment), clock, listeners),
				rules.orderedStream().toList(), listeners);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "auth-starter.cache.enabled", matchIfMissing = true)
	TokenCache verifiedTokens(AuthStarterProperties properties) {
		DataSize size = properties.cache().maximumSize();
		if (size.compareTo(MINIMUM_CACHE_SIZE) < 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.cache.maximum-size", size,
					"It must be at least 1MB. To remember no token, set auth-starter.cache.enabled to false.");
		}
		return new TokenCache(size);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterBinder.class)
	@ConditionalOnBooleanProperty(name = "auth-starter.cache.enabled", matchIfMissing = true)
	static class MetersConfiguration {

		@Bean
		MeterBinder verifiedTokensMeters(TokenCache tokens) {
			return new CaffeineCacheMetrics<>(tokens.cache(), "auth.tokens", Tags.empty());
		}

	}

	/**
	 * Return how many requests the web server answers at a time. More than usual are no
	 * reason to ask the issuer more at a time.
	 */
	static int requestThreads(PropertyResolver environment) {
		int configured = Stream.of("tomcat", "jetty")
			.map((server) -> environment.getProperty("server." + server + ".threads.max", Integer.class))
			.filter(Objects::nonNull)
			.mapToInt(Integer::intValue)
			.min()
			.orElse(REQUEST_THREADS);
		return Math.max(MINIMUM_REQUEST_THREADS, Math.min(configured, REQUEST_THREADS));
	}

	private static int maximumLength(AuthStarterProperties properties) {
		DataSize length = properties.token().maximumLength();
		if (length.toBytes() < 1 || length.compareTo(MAXIMUM_TOKEN_LENGTH) > 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.token.maximum-length", length,
					"It must be more than nothing and at most 256KB.");
		}
		return (int) length.toBytes();
	}

	private static @Nullable Duration maximumLifetime(AuthStarterProperties properties) {
		Duration lifetime = properties.token().maximumLifetime();
		if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.token.maximum-lifetime", lifetime,
					"It must be more than nothing.");
		}
		return lifetime;
	}

	private static List<String> requiredClaims(AuthStarterProperties properties) {
		Set<String> claims = new LinkedHashSet<>(properties.token().requiredClaims());
		if (properties.profile() == TokenProfile.RFC9068) {
			claims.addAll(RFC9068_CLAIMS);
		}
		return List.copyOf(claims);
	}

	private static Duration clockSkew(AuthStarterProperties properties) {
		Duration skew = properties.clockSkew();
		if (skew.isNegative() || skew.compareTo(MAXIMUM_CLOCK_SKEW) > 0) {
			throw new InvalidConfigurationPropertyValueException("auth-starter.clock-skew", skew,
					"It must be between 0 seconds and 5 minutes: a larger skew keeps expired tokens alive.");
		}
		return skew;
	}

}
