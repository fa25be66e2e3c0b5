package dev.authstarter.operations;

import dev.authstarter.AuthListener;
import dev.authstarter.AuthRefused;
import dev.authstarter.KeysDegraded;
import dev.authstarter.KeysRecovered;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes as application events what the application may want to act upon.
 */
final class EventPublisher implements AuthListener {

	private final ApplicationEventPublisher events;

	EventPublisher(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void refused(AuthRefused refused) {
		this.events.publishEvent(refused);
	}

	@Override
	public void keysDegraded(KeysDegraded degraded) {
		this.events.publishEvent(degraded);
	}

	@Override
	public void keysRecovered(KeysRecovered recovered) {
		this.events.publishEvent(recovered);
	}

}
