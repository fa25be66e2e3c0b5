package dev.authstarter.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user's project, which the build creates with the built artifacts, is exactly the
 * README's quick start, with the attacks and the local issuer of this module's README.
 */
class QuickStartTests {

	private static final Path PROJECTS = Path.of("src/it");

	private static final Pattern BLOCK = Pattern.compile(
			"<!-- (?<project>[a-z-]+): (?<file>\\S+) -->|```(?<language>java|json|yaml|xml|groovy|kotlin)\\n(?<code>.*?)```",
			Pattern.DOTALL);

	private static final Pattern IMPORT = Pattern
		.compile("(?m)^import (?:static )?(dev\\.authstarter[a-z.]*)\\.([A-Z]\\w*)");

	@Test
	void isTheReadmesText() throws IOException {
		String readme = Files.readString(Path.of("../README.md"));
		int begin = readme.indexOf("\n## Use it in five minutes");
		assertThat(blocks(readme.substring(begin, readme.indexOf("\n## ", begin + 1)))).hasSize(4);
	}

	@ParameterizedTest
	@ValueSource(strings = { "The issuer", "Attack suite" })
	void hasTheClassesOfThisModulesReadme(String title) throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String section = readme.substring(readme.indexOf("\n## " + title));
		assertThat(blocks(section.substring(section.indexOf("<!--"), section.indexOf("\n## ", 1)))).isNotEmpty();
	}

	@Test
	void hasTheTestsAndTheKotlinCodeOfTheWebFluxPage() throws IOException {
		String page = Files.readString(Path.of("../docs/webflux.md"));
		assertThat(blocks(page.substring(page.indexOf("\n## Tests")))).hasSize(3);
	}

	@Test
	void hasTheKeycloakTest() throws IOException {
		assertThat(blocks(Files.readString(Path.of("../docs/testcontainers.md")))).hasSize(4);
	}

	@Test
	void everyBuildAndLanguageHasItsProject() throws IOException {
		assertThat(blocks(Files.readString(Path.of("../docs/getting-started.md")))).hasSize(14);
	}

	@Test
	void importsAreFromThePackagesThatAreNamed() throws IOException {
		String table = Files.readString(Path.of("../docs/getting-started.md"));
		try (Stream<Path> files = Files.walk(PROJECTS)) {
			for (Path file : files.filter((file) -> file.toString().matches(".*\\.(java|kt)")).toList()) {
				IMPORT.matcher(Files.readString(file))
					.results()
					.forEach((found) -> assertThat(table).as(file.toString())
						.containsPattern("\\| `" + found.group(1) + "` \\|.*`" + found.group(2)));
			}
		}
	}

	/** Find every block of code in the file that the last comment before it names. */
	private static List<String> blocks(String section) throws IOException {
		List<String> blocks = new ArrayList<>();
		Matcher matcher = BLOCK.matcher(section);
		String project = "";
		String file = "";
		while (matcher.find()) {
			if (matcher.group("file") != null) {
				project = matcher.group("project").equals("sample") ? "quick-start" : matcher.group("project");
				file = Path.of(matcher.group("file")).getFileName().toString();
			}
			else {
				String code = matcher.group("code");
				boolean readme = matcher.group("language").equals("xml") && !file.equals("pom.xml");
				assertThat(readme ? read("quick-start", "pom.xml") : read(project, file))
					.contains(readme ? code.indent(4) : code);
				blocks.add(code);
			}
		}
		return blocks;
	}

	private static String read(String project, String name) throws IOException {
		try (Stream<Path> files = Files.walk(PROJECTS.resolve(project))) {
			return Files.readString(
					files.filter((file) -> file.getFileName().toString().equals(name)).findFirst().orElseThrow());
		}
	}

}
