package dev.authstarter.token;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class RequestThreadsTests {

	@ParameterizedTest
	@CsvSource({ "other, 7, 200", "server.tomcat.threads.max, 50, 50", "server.jetty.threads.max, 50, 50",
			"server.tomcat.threads.max, 200, 200", "server.tomcat.threads.max, 1000, 200",
			"server.tomcat.threads.max, 10, 10", "server.tomcat.threads.max, 9, 10",
			"server.jetty.threads.max, -1, 10" })
	void areThoseOfTheWebServerUpToTheUsualNumber(String property, String value, int expected) {
		MockEnvironment environment = new MockEnvironment().withProperty(property, value);
		assertThat(TokenAutoConfiguration.requestThreads(environment)).isEqualTo(expected);
	}

}
