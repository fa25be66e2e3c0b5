package dev.authstarter.keys;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.TrustedIssuer;
import org.jspecify.annotations.Nullable;

/**
 * Monitors the key sets of all trusted issuers. A bean, unless the application or a test
 * provides its own {@link TrustedKeys}.
 */
public interface JwkSetMonitor {

	/**
	 * Return the status of the key sets, without fetching anything.
	 * @return one of each configured issuer, in the order of the configuration
	 */
	List<Status> status();

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
	 * hold for requests, too. The issuers are called concurrently.
	 * @return completed when a request would not wait any longer: for keys that are
	 * missing no later than one fetch may take, at once for others while the old ones may
	 * still serve; it never fails
	 */
	CompletableFuture<?> refresh();

	/**
	 * Status of an issuer's key set, without the keys.
	 *
	 * @param issuer the configured name of the issuer
	 * @param usable whether tokens can be verified
	 * @param degraded whether the last attempt to fetch the keys failed
	 * @param keys the number of keys that can be used
	 * @param algorithms what the keys say they sign with or, where they do not, their
	 * types; in alphabetical order
	 * @param age how long ago the keys were fetched, or {@code null} if they never were
	 * @param stale how long keys have been served beyond their time to live because
	 * fetching fails; zero where it does not
	 * @param lastError the simple name of the exception of the last failure, or
	 * {@code null} if there was none
	 */
	record Status(String issuer, boolean usable, boolean degraded, int keys, List<String> algorithms,
			@Nullable Duration age, Duration stale, @Nullable String lastError) {

		public Status {
			algorithms = List.copyOf(algorithms);
		}

	}

}
