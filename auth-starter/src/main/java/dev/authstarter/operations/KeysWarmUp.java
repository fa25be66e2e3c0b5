package dev.authstarter.operations;

import dev.authstarter.keys.JwkSetMonitor;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Fetches the keys before the application counts as ready, so that no first request waits
 * for them. An issuer that does not answer delays the start by one fetch and fails
 * nothing.
 */
final class KeysWarmUp implements ApplicationListener<ApplicationStartedEvent> {

	private final JwkSetMonitor keySets;

	KeysWarmUp(JwkSetMonitor keySets) {
		this.keySets = keySets;
	}

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		this.keySets.refresh().join();
	}

}
