package dev.authstarter.test.client;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a project without WebFlux and REST Assured can be compiled.
 */
class MissingClientsTests {

	private static final String USER = """
			import dev.authstarter.test.ForgedToken;
			import java.net.http.HttpResponse;
			import org.springframework.http.ResponseEntity;
			import org.springframework.test.web.servlet.MvcResult;
			import org.springframework.test.web.servlet.assertj.MockMvcTester;
			import org.springframework.web.client.RestClientResponseException;
			import static dev.authstarter.test.RefusalAssertions.assertThatResponse;
			%s
			class UserTests {
				void looksAtResponses(MockMvcTester mvc, MvcResult result, ResponseEntity<String> entity,
						RestClientResponseException refused, HttpResponse<String> plain, ForgedToken token) {
					assertThatResponse(mvc.get().uri("/me").with(token)).isAllowed();
					assertThatResponse(result).isAllowed();
					assertThatResponse(entity).isAllowed();
					assertThatResponse(refused).isNotRefused();
					assertThatResponse(plain).isAllowed();
					assertThatResponse(200, null, "").isAllowed();
				}
			}
			""";

	@TempDir
	Path folder = Path.of("");

	@Test
	void doNotNeedTheirTypes() throws IOException {
		assertThat(errors("")).isEmpty();
	}

	/** Otherwise the class path of {@link #doNotNeedTheirTypes} would prove nothing. */
	@Test
	void needTheirTypesForTheirOwnAssertionsAlone() throws IOException {
		assertThat(errors("import static dev.authstarter.test.client.RestAssuredAssertions.assertThatResponse;"))
			.contains("io.restassured");
		assertThat(errors("import static dev.authstarter.test.client.WebClientAssertions.assertThatResponse;"))
			.contains("org.springframework.web.reactive");
	}

	private String errors(String imported) throws IOException {
		Path source = Files.writeString(this.folder.resolve("UserTests.java"), USER.formatted(imported));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
			compiler
				.getTask(null, files, found,
						List.of("-proc:none", "-d", this.folder.toString(), "-classpath", classPath()), null,
						files.getJavaFileObjects(source))
				.call();
		}
		return found.getDiagnostics()
			.stream()
			.map((diagnostic) -> diagnostic.getMessage(Locale.ROOT))
			.collect(Collectors.joining("\n"));
	}

	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
			.filter((entry) -> !entry.contains("webflux") && !entry.contains("rest-assured"))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
