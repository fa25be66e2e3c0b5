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

	private final String issuer;

	private final @Nullable URI configuredJwksUri;

	private @Nullable URI discoveredJwksUri;

	PublishedKeys(String issuer, @Nullable URI jwksUri, Duration timeout) {
		this.http = new HttpJson(timeout);
		this.timeout = timeout;
		this.discovery = new Discovery(issuer, this.http);
		this.issuer = issuer;
		this.configuredJwksUri = jwksUri;
	}

	@Override
	public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refreshEvaluator, long currentTime,
			@Nullable SecurityContext context) throws JWKSetUnavailableException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		try {
			return KeySetParser.parse(withoutKeysOfOthers(fetch(deadline)));
		}
		catch (IOException ex) {
			this.discoveredJwksUri = null;
			throw new JWKSetUnavailableException(ex.getMessage(), ex);
		}
	}

	/**
	 * Some providers publish one key set for several issuers. In Entra's, a key may name
	 * the one issuer for which it signs; it must not sign for another.
	 * @see <a href=
	 * "https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-the-issuer">Microsoft's
	 * documentation</a>
	 */
	private Map<String, Object> withoutKeysOfOthers(Map<String, Object> document) {
		if (!(document.get("keys") instanceof List<?> keys)) {
			return document;
		}
		return Map.of("keys", keys.stream().filter((key) -> !isOfOtherIssuer(key)).toList());
	}

	private boolean isOfOtherIssuer(@Nullable Object key) {
		return key instanceof Map<?, ?> members && members.get("issuer") instanceof String named
				&& !named.contains("{tenantid}") && !named.equals(this.issuer);
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
