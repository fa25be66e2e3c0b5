package dev.authstarter.operations;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.event.KeysDegraded;
import dev.authstarter.event.KeysRecovered;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API that fetches its issuer's keys.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class KeysApi {

	@Bean(AuthStarterAutoConfiguration.CLOCK)
	TestClock clock() {
		return new TestClock(TestApi.NOW);
	}

	@Bean
	Heard heard() {
		return new Heard();
	}

	/**
	 * Open to any valid token.
	 */
	@RestController
	static final class Open {

		@GetMapping("/open")
		String open() {
			return "open";
		}

	}

	/**
	 * Records the published events.
	 */
	static final class Heard {

		private final List<Object> events = new CopyOnWriteArrayList<>();

		List<Object> events() {
			return this.events;
		}

		@EventListener
		void on(KeysDegraded degraded) {
			this.events.add(degraded);
		}

		@EventListener
		void on(KeysRecovered recovered) {
			this.events.add(recovered);
		}

	}

}
