package dev.authstarter.keys;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.TrustedIssuer;

/**
 * The key sets of all trusted issuers, for whoever watches over them. A bean, unless the
 * application or a test brings {@link TrustedKeys} of its own.
 */
public interface JwkSetMonitor {

	/**
	 * Tell how it stands, without fetching anything.
	 * @return one of each configured issuer, in the order of the configuration
	 */
	List<JwkSetStatus> status();

	/**
	 * List the ids of an issuer's present keys, for a log or a developer, without
	 * fetching anything.
	 * @param issuer one of the issuers that this API trusts
	 * @return the first ids in the order of the set, in printable form; empty if no keys
	 * are known
	 */
	List<String> keyIds(TrustedIssuer issuer);

	/**
	 * Fetch the configured issuers' keys that are missing or due, within the limits that
	 * hold for requests, too. All issuers are asked at the same time.
	 * @return completed when a request would not wait any longer: for keys that are
	 * missing no later than one fetch may take, at once for others while the old ones may
	 * still serve; it never fails
	 */
	CompletableFuture<?> refresh();

}
