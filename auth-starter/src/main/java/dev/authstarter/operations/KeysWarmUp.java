package dev.authstarter.operations;

import dev.authstarter.keys.JwkSetMonitor;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Fetches the keys before the application is ready, so that the first request does not
 * wait for them. An issuer that does not respond delays start-up by one fetch, but does
 * not make it fail.
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
