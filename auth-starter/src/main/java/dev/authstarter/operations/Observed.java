package dev.authstarter.operations;

import dev.authstarter.Reason;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * What is observed of a request's security: one observation for the token and one for the
 * decision. Their names and keys are few, so that timers made of them stay few, too.
 */
enum Observed implements ObservationDocumentation {

	/** Judging a token, from the text to the caller's claims. */
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

	Step begin(ObservationRegistry registry) {
		return new Step(start(registry));
	}

	/**
	 * What each of them says. Always all of it: Prometheus takes no timers of one name
	 * with different keys.
	 */
	enum Key implements KeyName {

		/** How it went. */
		OUTCOME,

		/** Why it was refused. */
		REASON;

		@Override
		public String asString() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

	/**
	 * An observation under way. Until something else is said, it failed.
	 */
	static final class Step implements AutoCloseable {

		private static final KeyValue ACCEPTED = KeyValue.of(Key.OUTCOME.asString(), "accepted");

		private static final KeyValue REFUSED = KeyValue.of(Key.OUTCOME.asString(), "refused");

		private static final KeyValue FAILED = KeyValue.of(Key.OUTCOME.asString(), "failed");

		private static final KeyValue NO_REASON = KeyValue.of(Key.REASON.asString(), AuthMeters.NONE);

		private final Observation observation;

		private final Observation.Scope scope;

		private Step(Observation observation) {
			this.observation = observation.lowCardinalityKeyValue(FAILED).lowCardinalityKeyValue(NO_REASON);
			// One that is disabled must not hide the request's from ObservedRefusals.
			this.scope = observation.isNoop() ? Observation.Scope.NOOP : observation.openScope();
		}

		void accepted() {
			this.observation.lowCardinalityKeyValue(ACCEPTED);
		}

		void refused() {
			this.observation.lowCardinalityKeyValue(REFUSED);
		}

		/** A refusal is no error: the program did what it should. */
		void refused(Reason reason) {
			refused();
			this.observation.lowCardinalityKeyValue(Key.REASON.asString(), reason.code());
		}

		void failed(Exception exception) {
			this.observation.error(exception);
		}

		@Override
		public void close() {
			this.scope.close();
			this.observation.stop();
		}

	}

}
