package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.http.HttpJson;
import org.jspecify.annotations.Nullable;

/**
 * Fetches an issuer's key set, wherever its metadata says that is. Remembers the place
 * until it fails.
 */
final class PublishedKeys implements JWKSetSource<SecurityContext> {

	private final HttpJson http;

	private final Duration timeout;

	private final Discovery discovery;

	private final boolean template;

	private final @Nullable URI configuredJwksUri;

	private @Nullable URI discoveredJwksUri;

	PublishedKeys(String issuer, @Nullable URI jwksUri, Duration timeout) {
		this.http = new HttpJson(timeout);
		this.timeout = timeout;
		this.discovery = new Discovery(issuer, this.http);
		this.template = TrustedIssuer.isTemplate(issuer);
		this.configuredJwksUri = jwksUri;
	}

	@Override
	public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refreshEvaluator, long currentTime,
			@Nullable SecurityContext context) throws JWKSetUnavailableException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		try {
			return KeySetParser.parse(this.template ? ofEveryOrganization(fetch(deadline)) : fetch(deadline));
		}
		catch (IOException ex) {
			this.discoveredJwksUri = null;
			throw new JWKSetUnavailableException(ex.getMessage(), ex);
		}
	}

	/**
	 * Entra marks a key that signs for one issuer alone; where any organization's issuer
	 * is accepted, such a key must not sign for the others.
	 */
	private static Map<String, Object> ofEveryOrganization(Map<String, Object> document) {
		if (!(document.get("keys") instanceof List<?> keys)) {
			return document;
		}
		return Map.of("keys", keys.stream().filter((key) -> !isOfOneIssuer(key)).toList());
	}

	private static boolean isOfOneIssuer(@Nullable Object key) {
		return key instanceof Map<?, ?> members && members.get("issuer") instanceof String issuer
				&& !issuer.contains("{tenantid}");
	}

	private Map<String, Object> fetch(long deadline) throws IOException {
		if (this.configuredJwksUri != null) {
			return this.http.get(this.configuredJwksUri, deadline);
		}
		URI jwksUri = this.discoveredJwksUri;
		if (jwksUri == null) {
			jwksUri = this.discovery.jwksUri(deadline);
			this.discoveredJwksUri = jwksUri;
		}
		return this.http.get(jwksUri, deadline);
	}

	@Override
	public void close() {
	}

}
