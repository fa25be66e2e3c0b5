package dev.authstarter.operations.startup;

import dev.authstarter.Organization;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresScope;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API with a rule of each kind, in a separate file, as Spring Boot expects of the main
 * class.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import({ AheadOfTimeApi.Notes.class, AheadOfTimeApi.Vault.class })
class AheadOfTimeApi {

	static final String PORT = "listening on ";

	public static void main(String[] arguments) {
		ConfigurableApplicationContext started = SpringApplication.run(AheadOfTimeApi.class, arguments);
		System.out.println(PORT + started.getEnvironment().getProperty("local.server.port"));
	}

	@RestController
	static class Notes {

		private final Vault vault;

		Notes(Vault vault) {
			this.vault = vault;
		}

		@GetMapping("/open")
		@PublicEndpoint
		void open() {
		}

		@GetMapping("/notes")
		@RequiresScope("read:notes")
		void notes() {
		}

		@GetMapping("/service")
		void service() {
			this.vault.open();
		}

		@GetMapping("/stock")
		void stock() {
			this.vault.stock();
		}

		@GetMapping("/{organizationId}/notes")
		void ofOrganization(Organization organization) {
		}

	}

	@Service
	static class Vault {

		@RequiresScope("read:vault")
		public void open() {
		}

		@PreAuthorize("hasAuthority('SCOPE_read:vault')")
		public void stock() {
		}

	}

}
