package dev.authstarter.test.attack;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.authstarter.test.AutoConfigureForgedTokens;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Routes that are not selected by a path cannot be called, and are reported.
 */
@ExtendWith(OutputCaptureExtension.class)
class RoutesWithoutPathTests {

	private static final String[] PROPERTIES = { "auth-starter.issuer=https://issuer.example/",
			"auth-starter.audience=https://api.example" };

	@Test
	void routesOfMvcAreLeftOut(CapturedOutput output) {
		new WebApplicationContextRunner().withUserConfiguration(Servlet.class)
			.withPropertyValues(PROPERTIES)
			.run((application) -> assertLeftOut(application, output));
	}

	@Test
	void routesOfWebFluxAreLeftOut(CapturedOutput output) {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Reactive.class)
			.withPropertyValues(PROPERTIES)
			.run((application) -> assertLeftOut(application, output));
	}

	private static void assertLeftOut(ApplicationContext application, CapturedOutput output) throws Throwable {
		BearerAttacks attacks = BearerAttacks.against(URI.create("http://localhost:1"), application);
		try (Stream<DynamicNode> stream = attacks.everyEndpoint()) {
			List<DynamicNode> nodes = stream.toList();
			List<DynamicContainer> routes = nodes.stream()
				.filter((node) -> node.getDisplayName().startsWith("route "))
				.map(DynamicContainer.class::cast)
				.toList();
			assertThat(routes).hasSize(2).allSatisfy((route) -> assertThat(route.getChildren()).isEmpty());
			((DynamicTest) nodes.get(nodes.size() - 1)).getExecutable().execute();
			assertThat(routes).allSatisfy((route) -> assertThat(output)
				.contains("left out: %s: it is not selected by a path".formatted(route.getDisplayName())));
			assertThat(data(application)).noneMatch((node) -> node.getDisplayName().startsWith("route "));
			attacks.exceptEndpoint(routes.get(0).getDisplayName(), "the gateway sets its header")
				.everyEndpoint()
				.close();
		}
	}

	private static List<DynamicNode> data(ApplicationContext application) {
		return BearerAttacks.against(URI.create("http://localhost:1"), application)
			.withData("org_acme", "org_globex", (organization) -> {
				throw new IllegalStateException("Nothing can be attacked");
			})
			.everyEndpoint()
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureForgedTokens
	static class Reactive {

		@Bean
		RouterFunction<ServerResponse> unknown() {
			return (request) -> Mono.empty();
		}

		@Bean
		RouterFunction<ServerResponse> byHeader() {
			return RouterFunctions.route(RequestPredicates.headers((headers) -> false),
					(request) -> ServerResponse.ok().build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@AutoConfigureForgedTokens
	static class Servlet {

		@Bean
		org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse> unknown() {
			return (request) -> Optional.empty();
		}

		@Bean
		org.springframework.web.servlet.function.RouterFunction<org.springframework.web.servlet.function.ServerResponse> byHeader() {
			return org.springframework.web.servlet.function.RouterFunctions.route(
					org.springframework.web.servlet.function.RequestPredicates.headers((headers) -> false),
					(request) -> org.springframework.web.servlet.function.ServerResponse.ok().build());
		}

	}

}
