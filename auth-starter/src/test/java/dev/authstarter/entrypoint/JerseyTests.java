package dev.authstarter.entrypoint;

import java.util.Map;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.SlimClassPath;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application without Spring MVC: refusals are answered as usual, and the servlet is
 * guarded.
 */
class JerseyTests {

	@ParameterizedTest
	@CsvSource({ "authenticated, 200", "deny, 403 access_denied" })
	void answersWithoutSpringMvc(String setting, String answer) throws Exception {
		try (SlimClassPath classPath = new SlimClassPath("spring-webmvc", "spring-boot-webmvc", "spring-webflux",
				"spring-data-rest", "spring-graphql", "spring-boot-graphql")) {
			Map.Entry<?, ?> started = (Map.Entry<?, ?>) classPath.call(JerseyApi.class, "start", "--server.port=0",
					"--auth-starter.issuer=" + TestToken.ISSUER, "--auth-starter.audience=" + TestToken.AUDIENCE,
					"--auth-starter.undeclared-handlers=" + setting);
			try (AutoCloseable api = (AutoCloseable) started.getValue()) {
				HttpCalls http = new HttpCalls((Integer) started.getKey());
				assertThat(api).isNotNull();
				assertThat(http.get("/notes").statusCode()).isEqualTo(401);
				assertThat(HttpCalls.json(http.get("/notes"))).containsEntry("reason", "missing_token");
				assertThat(http.answer("/notes", (String) classPath.call(JerseyApi.class, "token"))).isEqualTo(answer);
			}
		}
	}

}
