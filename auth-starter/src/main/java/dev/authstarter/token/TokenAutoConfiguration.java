package dev.authstarter.token;

import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;

import dev.authstarter.claims.ClaimReaders;
import dev.authstarter.claims.ClaimsAutoConfiguration;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.introspection.Introspections;
import dev.authstarter.introspection.IntrospectionsFactory;
import dev.authstarter.issuer.IssuerHttpClientFactory;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import dev.authstarter.keys.KeysAutoConfiguration;
import dev.authstarter.keys.TrustedKeys;
import dev.authstarter.membership.MembershipsFactory;
import dev.authstarter.membership.OrganizationMemberships;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertyResolver;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Auto-configuration of the token policy, which determines the valid access tokens for
 * this API.
 */
@AutoConfiguration(after = { KeysAutoConfiguration.class, ClaimsAutoConfiguration.class },
		before = OAuth2ResourceServerAutoConfiguration.class)
public final class TokenAutoConfiguration {

	/** The default of Tomcat and Jetty. */
	private static final int REQUEST_THREADS = 200;

	/** The minimum for which nine tenths of the threads are a useful bound. */
	private static final int MINIMUM_REQUEST_THREADS = 10;

	/**
	 * The membership store is looked up here and not by a condition, because a condition
	 * would miss a bean of a later auto-configuration.
	 */
	@Bean
	TokenVerifier tokenVerifier(AuthStarterProperties properties, IssuerPolicies policies,
			Introspections introspections, ObjectProvider<TokenCache> verified, VerifiedJwts jwts,
			ObjectProvider<OrganizationMemberships> store, AuthListeners listeners,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock, Environment environment) {
		OrganizationMemberships memberships = store.getIfAvailable();
		return new TokenVerifier(policies, introspections, new TokenChecksFactory(properties).maximumLength(),
				verified.getIfAvailable(), jwts,
				(memberships != null) ? new MembershipsFactory(properties.organization()).create(memberships,
						requestThreads(environment) / 2, clock) : null,
				listeners);
	}

	@Bean
	IssuerPolicies issuerPolicies(AuthStarterProperties properties, TrustedIssuers issuers, TrustedKeys keys,
			ClaimReaders readers, Introspections introspections, ObjectProvider<OAuth2TokenValidator<Jwt>> validators,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock) {
		TokenChecks checks = new TokenChecksFactory(properties).checks(clock, validators.orderedStream().toList());
		return new IssuerPolicies(issuers, (issuer) -> new IssuerPolicy(issuer, keys.of(issuer), readers.of(issuer),
				introspections.jwts().get(issuer), checks), properties.resolvedIssuers().maximum());
	}

	@Bean
	Introspections introspections(AuthStarterProperties properties, TrustedIssuers issuers, SecureTransport transport,
			IssuerHttpClientFactory clients, @Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock,
			AuthListeners listeners, Environment environment) {
		return new IntrospectionsFactory(properties, issuers, transport, environment).create(clients,
				requestThreads(environment), clock, listeners);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "auth-starter.cache.enabled", matchIfMissing = true)
	TokenCache verifiedTokens(AuthStarterProperties properties) {
		return new TokenChecksFactory(properties).cache();
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
	 * Return the number of requests that the web server processes concurrently, at most
	 * its default: a larger thread pool does not raise the number of concurrent calls to
	 * the issuer.
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

}
