package dev.authstarter.servlet.chain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NoStore}.
 */
class NoStoreTests {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void keepsAnswersOutOfCaches() {
		write();
		assertThat(this.response.getHeaderValues("Cache-Control")).containsExactly("no-store");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Cache-Control | max-age=60
			Expires       | Thu, 01 Jan 2099 00:00:00 GMT
			Pragma        | cache
			""")
	void leavesHandlersTheirWord(String name, String value) {
		this.response.setHeader(name, value);
		write();
		assertThat(this.response.getHeaderNames()).containsExactly(name);
		assertThat(this.response.getHeaderValues(name)).containsExactly(value);
	}

	@Test
	void changesNothingThatCachesHave() {
		this.response.setStatus(304);
		write();
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	private void write() {
		new NoStore().writeHeaders(new MockHttpServletRequest(), this.response);
	}

}
