package dev.authstarter.introspection;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.Bounds;
import dev.authstarter.configuration.IntrospectedTokens;
import dev.authstarter.configuration.MissingPropertyException;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.introspection.BootIntrospectionProperties.PropertyNames;
import dev.authstarter.issuer.IssuerHttpClientFactory;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.PropertyResolver;

/**
 * Validates the properties that select the issuers whose introspection endpoints are
 * called, and configure those calls.
 */
public final class IntrospectionsFactory {

	private static final String PREFIX = "auth-starter.introspection.";

	private static final Duration MAXIMUM_TIME_TO_LIVE = Duration.ofMinutes(10);

	private static final Duration MAXIMUM_TIMEOUT = Duration.ofSeconds(30);

	/** The minimum for which nine tenths of the threads are a useful bound. */
	private static final int MINIMUM_REQUEST_THREADS = 10;

	private final AuthStarterProperties properties;

	private final TrustedIssuers issuers;

	private final SecureTransport transport;

	private final BootIntrospectionProperties boot;

	/**
	 * Create a factory.
	 * @param environment has Spring Boot's properties
	 */
	public IntrospectionsFactory(AuthStarterProperties properties, TrustedIssuers issuers, SecureTransport transport,
			PropertyResolver environment) {
		this.properties = properties;
		this.issuers = issuers;
		this.transport = transport;
		this.boot = new BootIntrospectionProperties(environment, PREFIX, properties.introspection());
	}

	/**
	 * Validate the properties and create the introspection of each issuer.
	 * @param clients creates the HTTP clients
	 * @param requestThreads how many requests the application processes concurrently; the
	 * issuers share them
	 * @param clock the clock
	 * @param listeners are notified of every call
	 */
	public Introspections create(IssuerHttpClientFactory clients, int requestThreads, Clock clock,
			AuthListeners listeners) {
		Map<String, Named> asked = asked();
		int threads = Math.max(MINIMUM_REQUEST_THREADS, requestThreads / Math.max(1, asked.size()));
		String opaqueName = null;
		TrustedIssuer opaqueIssuer = null;
		Introspection opaque = null;
		Map<TrustedIssuer, Introspection> jwts = new LinkedHashMap<>();
		for (Map.Entry<String, Named> entry : asked.entrySet()) {
			Named named = entry.getValue();
			IntrospectedTokens tokens = named.introspection().tokens();
			IntrospectionEndpoint endpoint = endpoint(named);
			Introspection introspection = new Introspection(endpoint,
					() -> clients.create(named.issuer(), endpoint.timeout()), threads, clock, listeners);
			if (tokens != IntrospectedTokens.OPAQUE) {
				jwts.put(named.issuer(), introspection);
			}
			if (tokens != IntrospectedTokens.JWT) {
				if (opaqueName != null) {
					throw new InvalidConfigurationPropertyValueException(entry.getKey() + "tokens", tokens,
							("Opaque tokens would be sent to '%s', too, and such a token does not name its issuer. Set "
									+ "one of the two to 'jwt'.")
								.formatted(opaqueName));
				}
				opaqueName = named.names().uri();
				opaqueIssuer = named.issuer();
				opaque = introspection;
			}
		}
		return new Introspections(opaqueIssuer, opaque, jwts);
	}

	/** Return the configured endpoints, by the prefix of their properties' names. */
	private Map<String, Named> asked() {
		Map<String, Named> asked = new LinkedHashMap<>();
		for (TrustedIssuer issuer : this.issuers) {
			AuthStarterProperties.Issuer own = this.properties.issuers().get(issuer.name());
			if (own != null) {
				add(asked, PropertyNames.of("auth-starter.issuers." + issuer.name() + ".introspection."), issuer,
						own.introspection());
			}
		}
		AuthStarterProperties.Introspection common = this.boot.validate();
		PropertyNames names = this.boot.names();
		if (common.uri() != null && !asked.isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(names.uri(),
					SecureTransport.withoutSecrets(common.uri().toString()),
					"It cannot be combined with '%suri'. Move it to the issuer that the endpoint belongs to."
						.formatted(asked.keySet().iterator().next()));
		}
		boolean jwts = common.tokens() != IntrospectedTokens.OPAQUE;
		if (jwts && this.issuers.areSeveral()) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + "tokens", common.tokens(),
					"Each issuer introspects only its own JWTs. Set 'auth-starter.issuers.<name>.introspection.*' "
							+ "instead.");
		}
		add(asked, names, this.issuers.first(), common);
		return asked;
	}

	private static void add(Map<String, Named> asked, PropertyNames names, TrustedIssuer issuer,
			AuthStarterProperties.Introspection introspection) {
		URI uri = introspection.uri();
		if (uri != null) {
			asked.put(names.prefix(), new Named(names, issuer, uri, introspection));
		}
		else if (introspection.tokens() != IntrospectedTokens.OPAQUE) {
			throw new MissingPropertyException(names.uri(), "introspection endpoint",
					"'%stokens' requires introspection of the issuer's JWTs.".formatted(names.prefix()),
					"the introspection endpoint of the issuer", "https://id.acme.example/oauth2/introspect");
		}
	}

	private IntrospectionEndpoint endpoint(Named named) {
		PropertyNames names = named.names();
		URI uri = named.uri();
		AuthStarterProperties.Introspection properties = named.introspection();
		if (!this.transport.isSecure(uri)) {
			throw new InvalidConfigurationPropertyValueException(names.uri(),
					SecureTransport.withoutSecrets(uri.toString()),
					"Tokens must be sent over https. " + SecureTransport.PLAIN_HTTP);
		}
		if (uri.getRawUserInfo() != null) {
			throw new InvalidConfigurationPropertyValueException(names.uri(),
					SecureTransport.withoutSecrets(uri.toString()), SecureTransport.NO_USER);
		}
		String clientId = require(names.clientId(), "client-id", properties.clientId());
		String clientSecret = require(names.clientSecret(), "client-secret", properties.clientSecret());
		Duration timeToLive = Bounds.require(names.prefix() + "time-to-live", properties.timeToLive(), Duration.ZERO,
				MAXIMUM_TIME_TO_LIVE, "It must be between 0 seconds (no cache) and 10 minutes.");
		Duration timeout = Bounds.require(names.prefix() + "timeout", properties.timeout(), Duration.ofNanos(1),
				MAXIMUM_TIMEOUT, "It must be positive and at most 30 seconds.");
		return new IntrospectionEndpoint(uri, IntrospectionEndpoint.basic(clientId, clientSecret), timeToLive, timeout);
	}

	private static String require(String property, String name, @Nullable String value) {
		if (value == null) {
			throw new MissingPropertyException(property, name,
					"The introspection endpoint requires client authentication (RFC 7662 section 2.1).",
					"the %s that the issuer assigned to this API".formatted(name), null);
		}
		return value;
	}

	/**
	 * The configuration of one issuer.
	 *
	 * @param names the names of the properties
	 * @param issuer the issuer
	 * @param uri its endpoint
	 * @param introspection the properties of its introspection
	 */
	private record Named(PropertyNames names, TrustedIssuer issuer, URI uri,
			AuthStarterProperties.Introspection introspection) {

	}

}
