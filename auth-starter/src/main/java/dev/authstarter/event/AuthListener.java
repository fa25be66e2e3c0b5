package dev.authstarter.event;

import java.time.Duration;

import dev.authstarter.TrustedIssuer;

/**
 * Receives events about tokens, callers and keys. Beans of this type are called on the
 * thread that causes the event, so they must be quick. Exceptions of a listener do not
 * affect the request; the first of each listener is logged, then at most one line a
 * minute.
 */
public interface AuthListener {

	/**
	 * A token passed the policy. Called on every request that carries one: it must be
	 * fast and allocate nothing.
	 * @param issuer the issuer of the token
	 */
	default void tokenAccepted(TrustedIssuer issuer) {
	}

	/**
	 * A request was refused by the token policy or by a rule. Called before the answer is
	 * complete.
	 * @param refused the event
	 */
	default void requestRefused(RequestRefused refused) {
	}

	/**
	 * The keys of an issuer were fetched, or the fetch was skipped or failed.
	 * @param issuer the issuer
	 * @param outcome the outcome of the fetch
	 * @param took the duration of the fetch
	 */
	default void keysFetched(TrustedIssuer issuer, Outcome outcome, Duration took) {
	}

	/**
	 * An issuer's keys could not be fetched. Called once when an outage begins.
	 * @param degraded the event
	 */
	default void keysDegraded(KeysDegraded degraded) {
	}

	/**
	 * An issuer's keys could be fetched again. Called once when an outage ends.
	 * @param recovered the event
	 */
	default void keysRecovered(KeysRecovered recovered) {
	}

	/**
	 * The introspection endpoint was called for a token (RFC 7662).
	 * @param outcome the outcome of the call; an inactive token is a success
	 * @param took the duration of the call
	 */
	default void tokenIntrospected(Outcome outcome, Duration took) {
	}

	/**
	 * The outcome of a call to an issuer.
	 */
	enum Outcome {

		/** The issuer answered. */
		SUCCESS,

		/** The issuer did not answer, or its answer was unusable. */
		FAILURE,

		/**
		 * The call was skipped, because the issuer was called too often or fails too
		 * often.
		 */
		SKIPPED

	}

}
