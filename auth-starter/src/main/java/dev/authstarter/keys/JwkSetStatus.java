package dev.authstarter.keys;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with an issuer's keys, without anything of the keys themselves.
 *
 * @param issuer the configured name of the issuer
 * @param usable whether tokens can be verified
 * @param degraded whether the last attempt to fetch the keys failed
 * @param keys the number of keys that can be used
 * @param algorithms what the keys say they sign with or, where they do not, their types;
 * in alphabetical order
 * @param age how long ago the keys were fetched, or {@code null} if they never were
 * @param stale how long keys have been served beyond their time to live because fetching
 * fails; zero where it does not
 * @param lastError the simple name of the exception of the last failure, or {@code null}
 * if there was none
 */
public record JwkSetStatus(String issuer, boolean usable, boolean degraded, int keys, List<String> algorithms,
		@Nullable Duration age, Duration stale, @Nullable String lastError) {

	/**
	 * Copy the list.
	 */
	public JwkSetStatus {
		algorithms = List.copyOf(algorithms);
	}

}
