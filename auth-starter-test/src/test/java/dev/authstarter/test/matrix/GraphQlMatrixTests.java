package dev.authstarter.test.matrix;

import dev.authstarter.RequiresScope;
import dev.authstarter.access.inventory.HandlerInventory;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.stereotype.Controller;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The matrix of an application with GraphQL is the same after every start.
 */
class GraphQlMatrixTests {

	@Test
	void isEqualInTwoStarts() {
		String first = matrix();
		assertThat(first).contains("""
				dev.authstarter.test.matrix.GraphQlMatrixTests$Notes#notes (Query.notes)
				    is      query dev.authstarter.test.matrix.GraphQlMatrixTests$Notes#notes (Query.notes)
				    needs   scope read:notes
				""", "POST /graphql\n");
		assertThat(matrix()).isEqualTo(first);
	}

	private static String matrix() {
		try (ConfigurableApplicationContext started = new SpringApplicationBuilder(Api.class)
			.properties("server.port=0", "auth-starter.issuer=https://issuer.example/", "auth-starter.audience=one",
					"auth-starter.keys.warm-up=false", "spring.graphql.schema.locations=classpath:matrix/")
			.run()) {
			return AccessMatrix.of(started.getBean(HandlerInventory.class)).toString();
		}
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Notes.class)
	static class Api {

	}

	@Controller
	static class Notes {

		@QueryMapping
		@RequiresScope("read:notes")
		public String notes() {
			return "notes";
		}

	}

}
