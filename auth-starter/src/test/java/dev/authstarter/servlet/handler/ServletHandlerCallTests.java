package dev.authstarter.servlet.handler;

import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The data of a request that guards receive.
 */
class ServletHandlerCallTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");

	private final ServletHandlerCall call = new ServletHandlerCall("handler", this.request);

	@Test
	void knowsNothingOfAnEmptyRequest() {
		assertThat(this.call.pattern()).isNull();
		assertThat(this.call.pathVariable("id")).isNull();
		assertThat(this.call.headers("X-Id")).isEmpty();
		assertThat(this.call.paths()).isNotEmpty();
	}

	@Test
	void readsVariablesOfAnyType() {
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", 5, "name", ""));
		assertThat(this.call.pathVariable("id")).isEqualTo("5");
		assertThat(this.call.pathVariable("name")).isEmpty();
		assertThat(this.call.pathVariable("ID")).isNull();
	}

	@Test
	void takesAnAttributeOfAnotherTypeForNoVariables() {
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, "id=5");
		assertThat(this.call.pathVariable("id")).isNull();
	}

	@Test
	void readsVariablesOfRoutesWhereARouteIsCalled() {
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "mapping"));
		this.request.setAttribute(RouterFunctions.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "route"));
		HandlerFunction<ServerResponse> route = (request) -> ServerResponse.ok().build();
		assertThat(new ServletHandlerCall(route, this.request).pathVariable("id")).isEqualTo("route");
		assertThat(this.call.pathVariable("id")).isEqualTo("mapping");
	}

	@Test
	void replacesOneVariableAndKeepsTheOthers() {
		this.request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, Map.of("id", "a", "other", "b"));
		this.call.replacePathVariable("id", "c");
		assertThat(this.request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
			.isEqualTo(Map.of("id", "c", "other", "b"));
	}

	@Test
	void readsEveryValueOfAHeaderInAnyCase() {
		this.request.addHeader("X-Id", "a");
		this.request.addHeader("X-Id", "b");
		assertThat(this.call.headers("x-id")).containsExactly("a", "b");
	}

	@Test
	void givesTheRequestOfItsOwnStackOnly() {
		assertThat(this.call.unwrap(MockHttpServletRequest.class)).isSameAs(this.request);
		assertThat(this.call.unwrap(MockHttpSession.class)).isNull();
	}

}
