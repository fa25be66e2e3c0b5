package dev.authstarter.keys;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import dev.authstarter.http.HttpJson;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Fetches an issuer's key set, wherever its metadata says that is. Remembers the place
 * until it fails.
 */
final class PublishedKeys implements KeySource {

	private static final Log logger = LogFactory.getLog(PublishedKeys.class);

	/** Each is named once; an issuer that renames them all the time is not followed. */
	private static final int MAXIMUM_NAMED = 100;

	private final HttpJson http;

	private final Duration timeout;

	private final Discovery discovery;

	private final String issuer;

	private final List<String> algorithms;

	private final @Nullable URI configuredJwksUri;

	private final Set<String> named = new HashSet<>();

	private @Nullable URI discoveredJwksUri;

	PublishedKeys(TrustedIssuer issuer, Duration timeout) {
		this.http = new HttpJson(timeout);
		this.timeout = timeout;
		this.discovery = new Discovery(issuer.issuer(), this.http);
		this.issuer = issuer.issuer();
		this.algorithms = issuer.algorithms();
		this.configuredJwksUri = issuer.jwksUri();
	}

	@Override
	public JWKSet fetch() throws IOException {
		long deadline = System.nanoTime() + this.timeout.toNanos();
		try {
			Map<String, Object> document = withoutKeysOfOthers(fetch(deadline));
			nameUseless(document);
			return KeySetParser.parse(document);
		}
		catch (IOException ex) {
			this.discoveredJwksUri = null;
			throw ex;
		}
	}

	/** Tokens signed with them are refused, which is hard to find out otherwise. */
	private void nameUseless(Map<String, Object> document) {
		for (String key : KeySetParser.useless(document, this.algorithms)) {
			if (this.named.size() < MAXIMUM_NAMED && this.named.add(key)) {
				logger.warn(LogMessage.format(
						"Issuer %s publishes the key %s, which verifies no token here: it is "
								+ "broken, too weak, or not for one of the algorithms %s",
						this.issuer, key, this.algorithms));
			}
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

}
