package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListener.Outcome;

import org.springframework.util.function.SingletonSupplier;

/**
 * Tells all listeners what happened. This is how features report without knowing who
 * counts, logs or publishes it; where nobody listens it costs a look at an empty array.
 */
public final class AuthListeners {

	private final SingletonSupplier<AuthListener[]> listeners;

	private final FailureLog failures;

	/**
	 * Notify these listeners.
	 * @param listeners supplies the listeners, in their order, once the first thing
	 * happens: listeners may need what is made after the features
	 * @param clock the time
	 */
	public AuthListeners(Supplier<List<AuthListener>> listeners, Clock clock) {
		this.listeners = SingletonSupplier.of(() -> listeners.get().toArray(AuthListener[]::new));
		this.failures = new FailureLog(AuthListeners.class, clock);
	}

	/**
	 * Tell that a token passed the policy.
	 * @param issuer the issuer of the token
	 */
	public void tokenAccepted(TrustedIssuer issuer) {
		for (AuthListener listener : this.listeners.obtain()) {
			try {
				listener.tokenAccepted(issuer);
			}
			catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
				note(listener, ex);
			}
		}
	}

	/**
	 * Tell that a request was refused.
	 * @param refused why, and who is concerned
	 */
	public void requestRefused(RequestRefused refused) {
		tell((listener) -> listener.requestRefused(refused));
	}

	/**
	 * Tell that an issuer was asked for its keys.
	 * @param issuer the issuer
	 * @param outcome how it went
	 * @param took how long it took
	 */
	public void keysFetched(TrustedIssuer issuer, Outcome outcome, Duration took) {
		tell((listener) -> listener.keysFetched(issuer, outcome, took));
	}

	/**
	 * Tell that an issuer's keys could not be fetched.
	 * @param degraded whose keys, and why
	 */
	public void keysDegraded(KeysDegraded degraded) {
		tell((listener) -> listener.keysDegraded(degraded));
	}

	/**
	 * Tell that an issuer's keys were fetched again.
	 * @param recovered whose keys
	 */
	public void keysRecovered(KeysRecovered recovered) {
		tell((listener) -> listener.keysRecovered(recovered));
	}

	/**
	 * Tell that the introspection endpoint was asked.
	 * @param outcome how it went
	 * @param took how long it took
	 */
	public void tokenIntrospected(Outcome outcome, Duration took) {
		tell((listener) -> listener.tokenIntrospected(outcome, took));
	}

	private void tell(Consumer<AuthListener> what) {
		for (AuthListener listener : this.listeners.obtain()) {
			try {
				what.accept(listener);
			}
			catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
				note(listener, ex);
			}
		}
	}

	/** Also what Java does not let a listener throw and another language does. */
	private void note(AuthListener listener, Throwable failure) {
		this.failures.note("The listener %s fails".formatted(listener.getClass().getName()), failure);
	}

}
