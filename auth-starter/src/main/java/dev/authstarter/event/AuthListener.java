package dev.authstarter.event;

import java.time.Duration;

import dev.authstarter.TrustedIssuer;

/**
 * Is told what happens to tokens, callers and keys. Beans of this type listen; they are
 * called on the thread on which it happens, so they must be quick. That one throws an
 * exception changes nothing; the log has the first of each listener, then one line a
 * minute.
 */
public interface AuthListener {

	/**
	 * A token passed the policy. Called on every request that carries one: it must cost
	 * next to nothing and allocate nothing.
	 * @param issuer the issuer of the token
	 */
	default void tokenAccepted(TrustedIssuer issuer) {
	}

	/**
	 * A request was refused, by the token policy or by a rule, and is being answered.
	 * @param refused why, and who is concerned
	 */
	default void requestRefused(RequestRefused refused) {
	}

	/**
	 * An issuer was asked for its keys.
	 * @param issuer the issuer
	 * @param outcome how it went
	 * @param took how long it took
	 */
	default void keysFetched(TrustedIssuer issuer, Outcome outcome, Duration took) {
	}

	/**
	 * An issuer's keys could not be fetched, for the first time since they could.
	 * @param degraded whose keys, and why
	 */
	default void keysDegraded(KeysDegraded degraded) {
	}

	/**
	 * An issuer's keys were fetched, for the first time since they could not be.
	 * @param recovered whose keys
	 */
	default void keysRecovered(KeysRecovered recovered) {
	}

	/**
	 * The introspection endpoint was asked about a token.
	 * @param outcome how it went; that the token is not active is an answer, too
	 * @param took how long it took
	 */
	default void tokenIntrospected(Outcome outcome, Duration took) {
	}

	/**
	 * How asking an issuer went.
	 */
	enum Outcome {

		/** The issuer answered. */
		SUCCESS,

		/** It did not, or not with what was asked for. */
		FAILURE,

		/** It was not asked, because it was asked too often or fails too often. */
		SKIPPED

	}

}
