package dev.authstarter.access.inventory;

import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Paths of repositories include the path of Spring MVC's servlet, so that a rule by path
 * is enforced where the inventory says so.
 */
class RepositoriesBelowServletPathTests {

	@Test
	void rulesByPathAreEnforced() {
		try (ConfigurableApplicationContext api = start("/app/books/**")) {
			assertThat(api.getBean(HandlerInventory.class).handlers())
				.filteredOn((handler) -> handler.kind() == Kind.REPOSITORY)
				.singleElement()
				.matches((handler) -> handler.rule().equals("by path /app/books/**: scope secret"));
			HttpCalls http = new HttpCalls(
					api.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
			assertThat(http.answer("/app/books", TestToken.validAt(TestApi.NOW).signed()))
				.isEqualTo("403 insufficient_scope");
		}
	}

	@Test
	void rulesForAnotherPathAreNoneForTheRepository() {
		assertThatException().isThrownBy(() -> start("/books/**").close())
			.withMessageContaining(Books.class.getSimpleName());
	}

	private static ConfigurableApplicationContext start(String path) {
		return new SpringApplicationBuilder(Api.class).run("--server.port=0", "--spring.mvc.servlet.path=/app",
				"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE,
				"--spring.jpa.hibernate.ddl-auto=create-drop", "--auth-starter.undeclared-handlers=fail-start",
				"--auth-starter.rules[0].path=" + path, "--auth-starter.rules[0].scopes=secret");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = RepositoriesBelowServletPathTests.class)
	@EnableJpaRepositories(considerNestedRepositories = true)
	@Import({ TestTrust.class, RepositoryRestMvcConfiguration.class })
	static class Api {

	}

	@Entity
	public static class Book {

		@Id
		public Long id;

	}

	@RepositoryRestResource(path = "books")
	public interface Books extends CrudRepository<Book, Long> {

	}

}
