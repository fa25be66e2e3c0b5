package dev.authstarter.event;

import java.time.Clock;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of listeners for events.
 */
@AutoConfiguration(after = AuthStarterAutoConfiguration.class)
public final class EventAutoConfiguration {

	@Bean
	AuthListeners authListeners(ObjectProvider<AuthListener> listeners,
			@Qualifier(AuthStarterAutoConfiguration.CLOCK) Clock clock) {
		return new AuthListeners(() -> listeners.orderedStream().toList(), clock);
	}

}
