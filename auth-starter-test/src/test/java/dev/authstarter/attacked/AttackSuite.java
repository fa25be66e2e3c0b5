package dev.authstarter.attacked;

import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Attacks that other tests run to check the result; the build does not run this class
 * itself.
 */
@WebMvcTest(controllers = NoteController.class, properties = "auth-starter.public-paths=/status")
@AutoConfigureForgedTokens
class AttackSuite {

	private static final List<String> FRAMEWORKS = List.of("GET /**", "GET /webjars/**", "GET /error", "GET /status",
			"GET /me", "GET /notes/stock");

	@TestFactory
	Stream<DynamicNode> attacks(@Autowired MockMvc mvc) {
		BearerAttacks attacks = BearerAttacks.against(mvc)
			.headers("POST /notes", (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE));
		if (BrokenApplications.areOpen()) {
			FRAMEWORKS.forEach((endpoint) -> attacks.exceptEndpoint(endpoint, "it takes time and finds nothing more"));
		}
		return attacks.everyEndpoint();
	}

}
