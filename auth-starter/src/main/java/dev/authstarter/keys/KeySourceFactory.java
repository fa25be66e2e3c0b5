package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.issuer.BearerTokenFile;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.issuer.IssuerHttpClientFactory;
import dev.authstarter.issuer.SecureTransport;
import dev.authstarter.issuer.TrustedIssuers;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Validates the properties that locate an issuer's keys. Files are read, so that an
 * invalid one fails start-up.
 */
final class KeySourceFactory {

	private static final Set<String> LOCAL = Set.of("file", "classpath");

	private static final String TOKEN = "keys.bearer-token-file";

	private final AuthStarterProperties properties;

	private final TrustedIssuers issuers;

	private final IssuerHttpClientFactory clients;

	/**
	 * By the names of issuers: an issuer that is resolved at run time shares the client
	 * of the configured issuer that it is based on, because every client has a thread.
	 */
	private final Map<String, IssuerHttpClient> made = new ConcurrentHashMap<>();

	private final SecureTransport transport;

	private final Duration timeout;

	KeySourceFactory(AuthStarterProperties properties, TrustedIssuers issuers, IssuerHttpClientFactory clients,
			SecureTransport transport, Duration timeout) {
		this.properties = properties;
		this.issuers = issuers;
		this.clients = clients;
		this.transport = transport;
		this.timeout = timeout;
	}

	KeySource source(TrustedIssuer issuer) {
		AuthStarterProperties.Issuer own = this.properties.issuers().get(issuer.name());
		String prefix = (own != null) ? "auth-starter.issuers.%s.".formatted(issuer.name()) : "auth-starter.";
		Path common = this.properties.keys().bearerTokenFile();
		if (own != null && common != null) {
			throw new InvalidConfigurationPropertyValueException("auth-starter." + TOKEN, common,
					"Each issuer needs a bearer token of its own. Set '%s' instead.".formatted(prefix + TOKEN));
		}
		Path configured = (own != null) ? own.keys().bearerTokenFile() : common;
		// The token file is for the configured issuer only, not for resolved issuers
		// based on it.
		Path token = this.issuers.isConfigured(issuer) ? configured : null;
		URI place = issuer.jwksUri();
		if (place != null && LOCAL.contains(place.getScheme())) {
			refuseToken(prefix, token, place);
			return local(prefix, issuer, place);
		}
		if (token != null) {
			refuseToken(prefix, token, (place != null) ? place : URI.create(issuer.issuer()));
		}
		return new RemoteJwkSet(issuer, new IssuerDocuments(client(issuer), file(prefix, token)), this.transport,
				this.timeout);
	}

	private IssuerHttpClient client(TrustedIssuer issuer) {
		return this.made.computeIfAbsent(issuer.name(), (name) -> this.clients.create(configured(name), this.timeout));
	}

	private TrustedIssuer configured(String name) {
		for (TrustedIssuer issuer : this.issuers) {
			if (issuer.name().equals(name)) {
				return issuer;
			}
		}
		throw new IllegalStateException("No issuer is configured as '%s'".formatted(name));
	}

	private static void refuseToken(String prefix, @Nullable Path token, URI place) {
		if (token != null && !"https".equals(place.getScheme())) {
			throw new InvalidConfigurationPropertyValueException(prefix + TOKEN, token,
					"It is sent only over https, but the keys are at '%s'."
						.formatted(SecureTransport.withoutSecrets(place.toString())));
		}
	}

	private static @Nullable BearerTokenFile file(String prefix, @Nullable Path token) {
		if (token == null) {
			return null;
		}
		BearerTokenFile file = new BearerTokenFile(token);
		try {
			file.authorization();
		}
		catch (IOException ex) {
			throw refused(prefix + TOKEN, token, ex);
		}
		return file;
	}

	private static LocalKeys local(String prefix, TrustedIssuer issuer, URI place) {
		LocalKeys keys = new LocalKeys(issuer, place);
		try {
			keys.fetch();
		}
		catch (IOException ex) {
			throw refused(prefix + "jwks-uri", place, ex);
		}
		return keys;
	}

	private static InvalidConfigurationPropertyValueException refused(String property, Object value, IOException ex) {
		return new InvalidConfigurationPropertyValueException(property, value,
				Objects.requireNonNull(ex.getMessage()) + ".");
	}

}
