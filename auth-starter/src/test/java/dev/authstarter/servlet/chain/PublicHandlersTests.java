package dev.authstarter.servlet.chain;

import java.util.List;
import java.util.Set;

import dev.authstarter.access.PublicPath;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same chain may also secure servlets of another context whose handlers are not in
 * its inventory: the actuator's on a separate port.
 */
class PublicHandlersTests {

	private final GenericWebApplicationContext context = context();

	private final PublicHandlers handlers = PublicHandlers.of(() -> List.of(new PublicPath(Set.of("GET"), "/open")),
			this.context);

	@Test
	void letNothingInForServletsOfAnotherContext() {
		assertThat(this.handlers.matches(request(this.context))).isTrue();
		assertThat(this.handlers.matches(request(context()))).isFalse();
	}

	@Test
	void markWhatTheyLetIn() {
		MockHttpServletRequest request = request(this.context);
		assertThat(PublicHandlers.admitted(request)).isFalse();
		this.handlers.matches(request);
		assertThat(PublicHandlers.admitted(request)).isTrue();
		assertThat(PublicHandlers.forget(request)).isFalse();
		assertThat(PublicHandlers.admitted(request)).isFalse();
	}

	private static MockHttpServletRequest request(GenericWebApplicationContext context) {
		return new MockHttpServletRequest(context.getServletContext(), "GET", "/open");
	}

	private static GenericWebApplicationContext context() {
		MockServletContext servlets = new MockServletContext();
		GenericWebApplicationContext context = new GenericWebApplicationContext(servlets);
		servlets.setAttribute(WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
		context.refresh();
		return context;
	}

}
