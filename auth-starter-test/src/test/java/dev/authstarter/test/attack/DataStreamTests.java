package dev.authstarter.test.attack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.authstarter.attacked.data.LetterApplication;
import dev.authstarter.test.AutoConfigureForgedTokens;
import dev.authstarter.test.attack.catalogue.AttackRequest;
import dev.authstarter.test.attack.data.OrganizationData;
import dev.authstarter.test.attack.endpoint.Endpoints;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bodies that were not read to their end are searched, but not compared.
 */
class DataStreamTests {

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("auth-starter.issuer=https://issuer.example/", "auth-starter.audience=https://api.example");

	@Test
	void doesNotComparePartsOfStreams() {
		this.application.run((started) -> assertThat(tests(started, new Streams(""))).hasSize(15 * 2)
			.allSatisfy((test) -> assertThatExceptionOfType(TestAbortedException.class)
				.isThrownBy(test.getExecutable()::execute)));
	}

	@Test
	void findsDataInPartsOfStreams() {
		this.application
			.run((started) -> assertThat(tests(started, new Streams("Grace Hopper"))).hasSize(15 * 2)
				.filteredOn((test) -> test.getDisplayName().equals("data of org_globex"))
				.allSatisfy((test) -> assertThatExceptionOfType(AssertionError.class)
					.isThrownBy(test.getExecutable()::execute)
					.withMessageContaining("its marker 'Grace Hopper'")));
	}

	private static List<DynamicTest> tests(ApplicationContext context, Target target) {
		AttackedApplication application = new AttackedApplication(context);
		Endpoints endpoints = new Endpoints(application.properties().organization(), "org_acme", List.of(), Map.of(),
				Map.of());
		try (Stream<DynamicNode> nodes = new DataAttacks(target, application, endpoints, Map.of(), Set.of(),
				List.of("org_acme", "org_globex"), DataStreamTests::seed)
			.everyEndpoint()) {
			return nodes.filter(DynamicContainer.class::isInstance)
				.flatMap((node) -> ((DynamicContainer) node).getChildren())
				.map(DynamicTest.class::cast)
				.toList();
		}
	}

	private static UUID letter(String organization) {
		return UUID.nameUUIDFromBytes(organization.getBytes(StandardCharsets.UTF_8));
	}

	private static OrganizationData seed(String organization) {
		return OrganizationData.markedBy(organization.equals("org_acme") ? "Ada Lovelace" : "Grace Hopper")
			.identifiedBy("id", letter(organization));
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigureForgedTokens
	@Import(LetterApplication.class)
	static class Application {

	}

	/**
	 * Answers with the beginning of a stream. More of it is read after each write, and
	 * for identifiers that exist.
	 */
	private static final class Streams implements Target {

		private final String event;

		private int writes;

		Streams(String event) {
			this.event = event;
		}

		@Override
		public Answer send(AttackRequest request) {
			this.writes += request.method().equals("GET") ? 0 : 1;
			String sent = request.uri() + request.headers() + request.body();
			boolean exists = Stream.of("org_acme", "org_globex").anyMatch((id) -> sent.contains(letter(id).toString()));
			return new Answer(200, new HttpHeaders(),
					"data:%s\n".formatted(this.event).repeat(this.writes + (exists ? 2 : 1)), false);
		}

	}

}
