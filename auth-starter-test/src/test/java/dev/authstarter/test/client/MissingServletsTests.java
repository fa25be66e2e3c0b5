package dev.authstarter.test.client;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import dev.authstarter.attacked.Outcome;
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
			import dev.authstarter.Reason;
			import dev.authstarter.test.AutoConfigureForgedTokens;
			import dev.authstarter.test.ForgedToken;
			import dev.authstarter.test.WithForgedToken;
			import org.junit.jupiter.api.Test;
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

				@SpringBootConfiguration(proxyBeanMethods = false)
				@EnableAutoConfiguration
				@Import(Me.class)
				static class Application {
				}

				@RestController
				static class Me {
					@GetMapping("/me")
					Mono<String> me(AccessToken caller) {
						return Mono.just(caller.subject());
					}
				}

			}
			""";

	@TempDir
	Path folder = Path.of("");

	@Test
	void areNotNeeded() throws Exception {
		compile();
		// Not closed: contexts of the test close with the virtual machine, and load
		// classes.
		URLClassLoader project = new URLClassLoader(urls(), ClassLoader.getPlatformClassLoader());
		assertThat(project.getResource("jakarta/servlet/Servlet.class")).isNull();
		Outcome outcome = run(project);
		assertThat(outcome.failures()).isEmpty();
		assertThat(outcome.passed()).containsExactlyInAnyOrder("sendsToken(ForgedToken)", "callsAsCaller()");
	}

	private void compile() throws IOException {
		Path source = Files.writeString(this.folder.resolve("UserTests.java"), USER);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler.run(null, null, null, "-proc:none", "-d", this.folder.toString(), "-classpath",
				classPath().collect(Collectors.joining(File.pathSeparator)), source.toString()))
			.isZero();
	}

	/** By a JUnit that the project's own loader has loaded. */
	@SuppressWarnings("unchecked")
	private static Outcome run(URLClassLoader project) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		thread.setContextClassLoader(project);
		try {
			Class<?> tests = project.loadClass("com.example.UserTests");
			Class<?> type = project.loadClass(Outcome.class.getName());
			Object outcome = type.getMethod("of", Map.class, Class[].class)
				.invoke(null, Map.of(), new Class<?>[] { tests });
			return new Outcome((List<String>) type.getMethod("passed").invoke(outcome), Set.of(),
					(List<Throwable>) type.getMethod("failures").invoke(outcome));
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private URL[] urls() throws MalformedURLException {
		List<Path> paths = Stream.concat(Stream.of(this.folder), classPath().map(Path::of)).toList();
		URL[] urls = new URL[paths.size()];
		for (int i = 0; i < urls.length; i++) {
			urls[i] = paths.get(i).toUri().toURL();
		}
		return urls;
	}

	private static Stream<String> classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !entry.contains("servlet-api") && !entry.contains("tomcat"));
	}

}
