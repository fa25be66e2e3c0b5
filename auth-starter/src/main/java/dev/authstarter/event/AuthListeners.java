package dev.authstarter.event;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.authstarter.TrustedIssuer;
import dev.authstarter.event.AuthListener.Outcome;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.function.SingletonSupplier;

/**
 * Notifies all listeners, so that features do not depend on the code that counts, logs or
 * publishes events.
 */
public final class AuthListeners implements SmartInitializingSingleton {

	private final SingletonSupplier<AuthListener[]> listeners;

	private final FailureLog failures;

	/**
	 * Create the notifier.
	 * @param listeners supplies the listeners in their order. It is called at the first
	 * event or after all beans are created, because listeners may depend on beans that
	 * are created after the features
	 * @param clock the clock
	 */
	public AuthListeners(Supplier<List<AuthListener>> listeners, Clock clock) {
		this.listeners = SingletonSupplier.of(() -> listeners.get().toArray(AuthListener[]::new));
		this.failures = new FailureLog(AuthListeners.class, clock);
	}

	/** Get the listeners before the first request, which must not wait for them. */
	@Override
	public void afterSingletonsInstantiated() {
		this.listeners.obtain();
	}

	/**
	 * Notify that a token passed the policy.
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
	 * Notify that a request was refused.
	 * @param refused the event
	 */
	public void requestRefused(RequestRefused refused) {
		notifyEach((listener) -> listener.requestRefused(refused));
	}

	/**
	 * Notify of a fetch of an issuer's keys.
	 * @param issuer the issuer
	 * @param outcome the outcome
	 * @param took the duration
	 */
	public void keysFetched(TrustedIssuer issuer, Outcome outcome, Duration took) {
		notifyEach((listener) -> listener.keysFetched(issuer, outcome, took));
	}

	/**
	 * Notify that an issuer's keys could not be fetched.
	 * @param degraded the event
	 */
	public void keysDegraded(KeysDegraded degraded) {
		notifyEach((listener) -> listener.keysDegraded(degraded));
	}

	/**
	 * Notify that an issuer's keys were fetched again.
	 * @param recovered the event
	 */
	public void keysRecovered(KeysRecovered recovered) {
		notifyEach((listener) -> listener.keysRecovered(recovered));
	}

	/**
	 * Notify of a call to the introspection endpoint.
	 * @param outcome the outcome
	 * @param took the duration
	 */
	public void tokenIntrospected(Outcome outcome, Duration took) {
		notifyEach((listener) -> listener.tokenIntrospected(outcome, took));
	}

	private void notifyEach(Consumer<AuthListener> what) {
		for (AuthListener listener : this.listeners.obtain()) {
			try {
				what.accept(listener);
			}
			catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
				note(listener, ex);
			}
		}
	}

	/** Also checked exceptions, which other languages can throw. */
	private void note(AuthListener listener, Throwable failure) {
		this.failures.note("The listener %s fails".formatted(listener.getClass().getName()), failure);
	}

}
