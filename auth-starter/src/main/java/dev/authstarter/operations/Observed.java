package dev.authstarter.operations;

import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.docs.ObservationDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The observations of a request's security: one for the token and one for the decision.
 * Names and values of keys are few, so that few timers are created from them.
 */
public enum Observed implements ObservationDocumentation {

	/** Verifying a token, from the text to the caller's claims. */
	AUTHENTICATE("auth.authenticate"),

	/** Deciding whether the caller may reach the handler. */
	AUTHORIZE("auth.authorize");

	private final String label;

	Observed(String label) {
		this.label = label;
	}

	@Override
	public String getName() {
		return this.label;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return Key.values();
	}

	/** Begin within the current observation of the calling thread. */
	Step begin(ObservationRegistry registry) {
		return new Step(start(registry), true);
	}

	/**
	 * Begin within another observation.
	 * @param registry the registry
	 * @param parent the other observation, or {@code null}
	 */
	public Step begin(ObservationRegistry registry, @Nullable Observation parent) {
		return new Step(start(registry, parent), true);
	}

	/**
	 * Begin within another observation, for work that may end on another thread. It is
	 * not the current observation of any thread.
	 * @param registry the registry
	 * @param parent the other observation, or {@code null}
	 */
	public Step beginUnscoped(ObservationRegistry registry, @Nullable Observation parent) {
		return new Step(start(registry, parent), false);
	}

	private Observation start(ObservationRegistry registry, @Nullable Observation parent) {
		return observation(registry).parentObservation(parent).start();
	}

	/**
	 * The keys of each observation. All of them are always set, because Prometheus does
	 * not accept timers of one name with different keys.
	 */
	enum Key implements KeyName {

		/** Whether it was accepted, was refused or failed. */
		OUTCOME,

		/** The code of the reason, or {@code none}. */
		REASON;

		@Override
		public String asString() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/**
	 * A running observation. Its outcome is {@code failed} until another one is set.
	 */
	public static final class Step implements AutoCloseable {

		private static final KeyValue ACCEPTED = KeyValue.of(Key.OUTCOME.asString(), "accepted");

		private static final KeyValue REFUSED = KeyValue.of(Key.OUTCOME.asString(), "refused");

		private static final KeyValue FAILED = KeyValue.of(Key.OUTCOME.asString(), "failed");

		private static final KeyValue NO_REASON = KeyValue.of(Key.REASON.asString(), AuthMeters.NONE);

		private final Observation observation;

		private final Observation.Scope scope;

		private Step(Observation observation, boolean scoped) {
			this.observation = observation.lowCardinalityKeyValue(FAILED).lowCardinalityKeyValue(NO_REASON);
			// A disabled observation must not hide the one of the request from
			// ObservedRefusals.
			this.scope = (scoped && !observation.isNoop()) ? observation.openScope() : Observation.Scope.NOOP;
		}

		/** The token or the call is accepted. */
		public void accepted() {
			this.observation.lowCardinalityKeyValue(ACCEPTED);
		}

		void refused() {
			this.observation.lowCardinalityKeyValue(REFUSED);
		}

		/**
		 * The token or the call is refused. A refusal is not recorded as an error,
		 * because it is an expected outcome.
		 * @param reason the code of the reason
		 */
		public void refused(String reason) {
			refused();
			this.observation.lowCardinalityKeyValue(Key.REASON.asString(), reason);
		}

		/**
		 * Something else failed.
		 * @param failure what was thrown
		 */
		public void failed(Throwable failure) {
			this.observation.error(failure);
		}

		@Override
		public void close() {
			this.scope.close();
			this.observation.stop();
		}

	}

}
