package dev.authstarter.sample;

import java.util.List;
import java.util.Locale;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;
import dev.authstarter.test.AutoConfigureForgedTokens;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = "ISSUER=https://issuer.example/")
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class OpenApiTests {

	private static final String APPOINTMENTS = "/organizations/{organizationId}/appointments";

	private final MockMvcTester mvc;

	OpenApiTests(@Autowired MockMvcTester mvc) {
		this.mvc = mvc;
	}

	@Test
	void namesTheScopesThatAreEnforced() {
		JsonNode document = document();
		assertThat(security(document, APPOINTMENTS, "get")).isEqualTo(scopes("read:appointments"));
		assertThat(security(document, APPOINTMENTS, "post")).isEqualTo(scopes("write:appointments"));
		assertThat(security(document, APPOINTMENTS + "/{id}", "delete")).isEqualTo(scopes("write:appointments"));
		assertThat(security(document, "/me", "get")).isEqualTo("[{\"accessToken\":[]}]");
	}

	@Test
	void namesRolesAndTheClinic() {
		JsonNode cancel = document().at("/paths").get(APPOINTMENTS + "/{id}").get("delete");
		assertThat(cancel.get("x-required-roles").toString()).isEqualTo("[[\"editor\"]]");
		assertThat(cancel.get("description").asString()).isEqualTo(
				"Requires an access token with scope `write:appointments` and role `editor`, for the organization in "
						+ "the path.");
		assertThat(cancel.get("responses").propertyNames()).contains("204", "401", "403", "503");
	}

	@Test
	void asksCallersForWhatTheySendAlone() {
		JsonNode list = document().at("/paths").get(APPOINTMENTS).get("get");
		assertThat(list.get("parameters").findValuesAsString("name")).containsExactlyInAnyOrder("page", "size",
				"organizationId");
		assertThat(list.has("requestBody")).isFalse();
	}

	@Test
	void saysWhereTokensComeFrom() {
		JsonNode schemes = document().at("/components/securitySchemes");
		assertThat(schemes.propertyNames()).containsExactly("accessToken");
		assertThat(schemes.at("/accessToken/scheme").asString()).isEqualTo("bearer");
		assertThat(schemes.at("/accessToken/description").asString()).contains("https://issuer.example/");
	}

	@Test
	void leavesOutNoHandlerThatIsClosed(@Autowired HandlerInventory inventory) {
		JsonNode paths = document().at("/paths");
		List<HandlerDescription> closed = inventory.handlers()
			.stream()
			.filter((handler) -> handler.kind() == Kind.CONTROLLER && !handler.open())
			.toList();
		assertThat(closed).hasSizeGreaterThanOrEqualTo(6);
		for (HandlerDescription handler : closed) {
			for (String pattern : handler.patterns()) {
				for (String method : handler.methods()) {
					assertThat(paths.path(pattern).path(method.toLowerCase(Locale.ROOT)).path("security"))
						.as(method + " " + pattern)
						.isNotEmpty();
				}
			}
		}
	}

	@Test
	void showsPageWithoutToken() {
		assertThat(this.mvc.get().uri("/swagger-ui/index.html")).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML);
		assertThat(this.mvc.get().uri("/swagger-ui.html")).hasStatus(HttpStatus.FOUND)
			.hasHeader("Location", "/swagger-ui/index.html");
		assertThat(this.mvc.get().uri("/v3/api-docs/swagger-config")).hasStatusOk();
	}

	private JsonNode document() {
		var answer = this.mvc.get().uri("/v3/api-docs").exchange();
		assertThat(answer).hasStatusOk();
		return JsonMapper.shared().readTree(answer.getResponse().getContentAsByteArray());
	}

	private static String security(JsonNode document, String path, String method) {
		return document.get("paths").get(path).get(method).get("security").toString();
	}

	private static String scopes(String scope) {
		return "[{\"accessToken\":[\"%s\"]}]".formatted(scope);
	}

}
