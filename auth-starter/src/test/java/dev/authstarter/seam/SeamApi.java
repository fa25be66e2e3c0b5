package dev.authstarter.seam;

import java.util.Map;

import dev.authstarter.RequiresRole;
import dev.authstarter.configuration.AuthStarterAutoConfiguration;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.NoteController;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestClock;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API that fetches the keys of its issuer.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ NoteController.class, SeamApi.RoleController.class })
class SeamApi {

	@Bean(AuthStarterAutoConfiguration.CLOCK)
	TestClock clock() {
		return new TestClock(TestApi.NOW);
	}

	/**
	 * Start it.
	 * @param properties {@code name=value} each
	 * @param configuration more beans
	 */
	static ConfigurableApplicationContext start(Map<String, String> properties, Class<?>... configuration) {
		SpringApplicationBuilder builder = new SpringApplicationBuilder(SeamApi.class).properties("server.port=0");
		properties.forEach((name, value) -> builder.properties(name + "=" + value));
		return builder.sources(configuration).run();
	}

	static HttpCalls http(ConfigurableApplicationContext context) {
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@RestController
	static class RoleController {

		@GetMapping("/editors")
		@RequiresRole("editor")
		public String editors() {
			return "editors";
		}

		@GetMapping("/viewers")
		@RequiresRole("viewer")
		public String viewers() {
			return "viewers";
		}

		@GetMapping("/stock/viewers")
		@PreAuthorize("hasRole('viewer')")
		public String stockViewers() {
			return "viewers";
		}

		@GetMapping("/stock/permitted")
		@PreAuthorize("hasPermission('notes', 'read')")
		public String permitted() {
			return "permitted";
		}

		@GetMapping("/stock/editors")
		@PreAuthorize("hasRole('editor')")
		public String stockEditors() {
			return "editors";
		}

	}

}
