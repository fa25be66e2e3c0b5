package dev.authstarter.access;

import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.jpa.repository.support.JpaEntityInformation;
import org.springframework.data.jpa.repository.support.SimpleJpaRepository;
import org.springframework.data.repository.CrudRepository;
import org.springframework.data.repository.NoRepositoryBean;
import org.springframework.data.rest.core.annotation.RepositoryRestResource;
import org.springframework.data.rest.webmvc.config.RepositoryRestMvcConfiguration;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A rule on the base class of repositories cannot be enforced, which is found although no
 * other bean needs the repository.
 */
class RepositoryBaseClassTests {

	@Test
	void stopsTheStart() {
		SpringApplicationBuilder api = new SpringApplicationBuilder(Api.class);
		assertThatException()
			.isThrownBy(() -> api
				.run("--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
						"--auth-starter.audience=" + TestToken.AUDIENCE, "--spring.jpa.hibernate.ddl-auto=create-drop")
				.close())
			.havingRootCause()
			.isInstanceOf(AccessRuleException.class)
			.withMessageContaining("The rules of " + Base.class.getName() + " cannot be enforced");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EntityScan(basePackageClasses = RepositoryBaseClassTests.class)
	@EnableJpaRepositories(considerNestedRepositories = true, repositoryBaseClass = Base.class)
	@Import({ TestTrust.class, RepositoryRestMvcConfiguration.class })
	static class Api {

	}

	@Entity
	public static class Row {

		@Id
		public Long id;

	}

	@NoRepositoryBean
	@RequiresScope("secret")
	public static class Base<T, I> extends SimpleJpaRepository<T, I> {

		public Base(JpaEntityInformation<T, ?> entity, EntityManager rows) {
			super(entity, rows);
		}

	}

	@RepositoryRestResource(path = "bases")
	public interface Rows extends CrudRepository<Row, Long> {

	}

}
