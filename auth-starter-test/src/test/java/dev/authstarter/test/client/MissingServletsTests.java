package dev.authstarter.test.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import dev.authstarter.attacked.Outcome;
import dev.authstarter.attacked.SeparateProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a project of WebFlux, which has no servlet API, are compiled and run.
 */
class MissingServletsTests {

	private static final String USER = """
			package com.example;

			import dev.authstarter.AccessToken;
			import dev.authstarter.CallerType;
			import dev.authstarter.Reason;
			import dev.authstarter.RequiresCaller;
			import dev.authstarter.access.inventory.HandlerInventory;
			import dev.authstarter.test.AutoConfigureForgedTokens;
			import dev.authstarter.test.ForgedToken;
			import dev.authstarter.test.WithForgedToken;
			import dev.authstarter.test.attack.BearerAttacks;
			import dev.authstarter.test.matrix.AccessMatrix;
			import java.net.URI;
			import java.util.stream.Stream;
			import org.junit.jupiter.api.DynamicNode;
			import org.junit.jupiter.api.Test;
			import org.junit.jupiter.api.TestFactory;
			import org.springframework.boot.test.web.server.LocalServerPort;
			import org.springframework.context.ApplicationContext;
			import org.springframework.beans.factory.annotation.Autowired;
			import org.springframework.boot.SpringBootConfiguration;
			import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
			import org.springframework.boot.test.context.SpringBootTest;
			import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
			import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
			import org.springframework.context.annotation.Import;
			import org.springframework.test.web.reactive.server.WebTestClient;
			import org.springframework.web.bind.annotation.GetMapping;
			import org.springframework.web.bind.annotation.RestController;
			import reactor.core.publisher.Mono;
			import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
			import static org.assertj.core.api.Assertions.assertThat;

			@SpringBootTest(classes = UserTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
			@AutoConfigureWebTestClient
			@AutoConfigureForgedTokens
			class UserTests {

				@Autowired
				WebTestClient client;

				@Test
				void sendsToken(ForgedToken token) {
					assertThatResponse(this.client.mutateWith(token).get().uri("/me").exchange()).isAllowed();
					assertThatResponse(this.client.get().uri("/me").headers(token.expired()).exchange())
						.isRefusedWith(Reason.TOKEN_EXPIRED);
				}

				@Test
				@WithForgedToken(subject = "auth0|42")
				void callsAsCaller() {
					this.client.get().uri("/me").exchange().expectBody(String.class).isEqualTo("auth0|42");
				}

				@TestFactory
				Stream<DynamicNode> attacks(@LocalServerPort int port, @Autowired ApplicationContext context) {
					return Stream.concat(BearerAttacks.against(this.client, context).everyEndpoint(), BearerAttacks
						.against(URI.create("http://localhost:" + port), context)
						.everyEndpoint());
				}

				@Test
				void rulesAreThoseOfTheMatrix(@Autowired HandlerInventory handlers) {
					assertThat(AccessMatrix.of(handlers).toString()).contains("GET /me");
				}

				@SpringBootConfiguration(proxyBeanMethods = false)
				@EnableAutoConfiguration
				@Import(Me.class)
				static class Application {
				}

				@RestController
				static class Me {
					@GetMapping("/me")
					@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
					Mono<String> me(AccessToken caller) {
						return Mono.just(caller.subject());
					}
				}

			}
			""";

	@TempDir
	Path folder = Path.of("");

	private final SeparateProject project = SeparateProject
		.with((entry) -> !entry.contains("servlet-api") && !entry.contains("tomcat"));

	@Test
	void areNotNeeded() throws Exception {
		compile();
		SeparateProject compiled = this.project.and(this.folder);
		assertThat(compiled.loader().getResource("jakarta/servlet/Servlet.class")).isNull();
		Outcome outcome = compiled.run(Map.of(), "com.example.UserTests");
		assertThat(outcome.failures()).isEmpty();
		assertThat(outcome.passed()).contains("sendsToken(ForgedToken)", "callsAsCaller()", "no-token", "expired")
			.hasSizeGreaterThan(200);
	}

	private void compile() throws IOException {
		Path source = Files.writeString(this.folder.resolve("UserTests.java"), USER);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, "-proc:none", "-d", this.folder.toString(), "-classpath",
				String.join(File.pathSeparator, this.project.classPath()), source.toString()))
			.isZero();
	}

}
