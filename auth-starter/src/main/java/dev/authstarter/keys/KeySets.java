package dev.authstarter.keys;

import java.util.List;

/**
 * The key sets of all trusted issuers, for whoever watches over them. A bean, unless the
 * application or a test brings {@link TrustedKeys} of its own.
 */
public interface KeySets {

	/**
	 * Tell how it stands, without fetching anything.
	 * @return one of each issuer, in the order of the configuration
	 */
	List<KeySetStatus> status();

	/**
	 * Fetch what is missing or due, within the limits that hold for requests, too. Waits
	 * as long as a request would: for keys that are missing no longer than one fetch may
	 * take, for others not at all while the old ones may still serve.
	 */
	void refresh();

}
