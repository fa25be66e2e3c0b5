package dev.authstarter.attacked;

import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.BearerAttacks;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

/**
 * Run by tests that look at its outcome, not by the build.
 */
@SpringBootTest(properties = "auth-starter.public-paths=/status")
@AutoConfigureMockMvc
@AutoConfigureForgedTokens
class AttackSuite {

	@TestFactory
	Stream<DynamicNode> attacks(@Autowired MockMvc mvc) {
		return BearerAttacks.against(mvc)
			.headers("POST /notes", (headers) -> headers.set(HttpHeaders.CONTENT_TYPE, MediaType.TEXT_PLAIN_VALUE))
			.everyEndpoint();
	}

}
