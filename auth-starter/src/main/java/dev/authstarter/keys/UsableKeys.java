package dev.authstarter.keys;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.jwk.JWKSet;
import dev.authstarter.TrustedIssuer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Selects the keys of a key set that may sign for an issuer.
 */
final class UsableKeys {

	private static final Log logger = LogFactory.getLog(UsableKeys.class);

	/**
	 * Each key is logged once, up to this limit, in case an issuer renames its keys
	 * often.
	 */
	private static final int MAXIMUM_NAMED = 100;

	private final String issuer;

	private final List<String> algorithms;

	private final Set<String> named = new HashSet<>();

	UsableKeys(TrustedIssuer issuer) {
		this.issuer = issuer.issuer();
		this.algorithms = issuer.algorithms();
	}

	/**
	 * Select the usable keys of a key set.
	 * @param document the JSON object of RFC 7517 section 5
	 * @return the public keys that may verify a signature, at least one
	 * @throws IOException if there is none
	 */
	JWKSet of(Map<String, Object> document) throws IOException {
		Map<String, Object> keys = withoutKeysOfOthers(document);
		nameUseless(keys);
		return KeySetParser.parse(keys);
	}

	/** Log the keys that verify no token: the refusals alone do not show the cause. */
	private void nameUseless(Map<String, Object> document) {
		for (String key : KeySetParser.useless(document, this.algorithms)) {
			if (this.named.size() < MAXIMUM_NAMED && this.named.add(key)) {
				logger.warn(LogMessage.format(
						"Issuer %s publishes the key %s, which cannot verify tokens here: it is malformed, too weak, "
								+ "or not for one of the algorithms %s",
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

}
