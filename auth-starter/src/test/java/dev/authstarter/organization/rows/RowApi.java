package dev.authstarter.organization.rows;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * An API with a database, whose code does not mention organizations.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
@EnableJpaRepositories(considerNestedRepositories = true)
@Import({ TestTrust.class, RowApi.Controller.class })
class RowApi {

	@Bean
	Forgetful forgetful(Rows rows) {
		return new Forgetful(rows);
	}

	/** A row of some organization. */
	@Entity(name = "OwnedRow")
	static class Row {

		@Id
		@GeneratedValue
		@Nullable Long id;

		@TenantId
		@Nullable String organization;

		@Nullable String text;

	}

	/** Finds rows without naming an organization. */
	interface Rows extends JpaRepository<Row, Long> {

		@Query("select row.text from OwnedRow row order by row.text")
		List<String> texts();

	}

	/** Works on another thread. */
	static class Forgetful {

		private final Rows rows;

		Forgetful(Rows rows) {
			this.rows = rows;
		}

		@Async
		CompletableFuture<List<String>> later() {
			return CompletableFuture.completedFuture(this.rows.texts());
		}

	}

	@RestController
	static class Controller {

		private final Rows rows;

		private final Forgetful forgetful;

		Controller(Rows rows, Forgetful forgetful) {
			this.rows = rows;
			this.forgetful = forgetful;
		}

		@PostMapping("/organizations/{organizationId}/rows")
		String add(@RequestBody String text) {
			Row row = new Row();
			row.text = text;
			return String.valueOf(this.rows.save(row).id);
		}

		@GetMapping("/organizations/{organizationId}/rows")
		List<String> list() {
			return this.rows.texts();
		}

		@GetMapping("/organizations/{organizationId}/rows/{id}")
		String one(@PathVariable long id) {
			return this.rows.findById(id).map((row) -> String.valueOf(row.text)).orElse("nothing");
		}

		@GetMapping("/organizations/{organizationId}/rows/count")
		long count() {
			return this.rows.count();
		}

		@GetMapping("/organizations/{organizationId}/rows/later")
		List<String> later() {
			return this.forgetful.later().join();
		}

		@GetMapping("/rows")
		List<String> unscoped() {
			return this.rows.texts();
		}

	}

}
