package dev.authstarter.operations;

import dev.authstarter.event.AuthListener;
import dev.authstarter.event.KeysDegraded;
import dev.authstarter.event.KeysRecovered;
import dev.authstarter.event.RequestRefused;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes refusals and outages of keys as application events.
 */
final class EventPublisher implements AuthListener {

	private final ApplicationEventPublisher events;

	EventPublisher(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void requestRefused(RequestRefused refused) {
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
