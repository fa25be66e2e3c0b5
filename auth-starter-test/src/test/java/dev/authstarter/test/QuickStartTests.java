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
 * The project of a user, which the build makes with the built artifacts, is the README's
 * quick start to the letter, with its attacks and its local issuer from this module's
 * README.
 */
class QuickStartTests {

	private static final Path PROJECT = Path.of("src/it/quick-start");

	private static final Pattern BLOCK = Pattern.compile(
			"<!-- (?:sample|quick-start): (?<file>\\S+) -->|```(?<language>java|yaml|xml)\\n(?<code>.*?)```",
			Pattern.DOTALL);

	@Test
	void isTheReadmesText() throws IOException {
		String readme = Files.readString(Path.of("../README.md"));
		int begin = readme.indexOf("\n## Use it in five minutes");
		assertThat(blocks(readme.substring(begin, readme.indexOf("\n## ", begin + 1)))).hasSizeGreaterThanOrEqualTo(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "The issuer", "Attack suite" })
	void hasTheClassesOfThisModulesReadme(String title) throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		String section = readme.substring(readme.indexOf("\n## " + title));
		assertThat(blocks(section.substring(section.indexOf("<!--"), section.indexOf("\n## ", 1)))).isNotEmpty();
	}

	/** Find every block of code in the file that the last comment before it names. */
	private static List<String> blocks(String section) throws IOException {
		List<String> blocks = new ArrayList<>();
		Matcher matcher = BLOCK.matcher(section);
		String file = "";
		while (matcher.find()) {
			if (matcher.group("file") != null) {
				file = Path.of(matcher.group("file")).getFileName().toString();
			}
			else {
				String code = matcher.group("code");
				assertThat(read(matcher.group("language").equals("xml") ? "pom.xml" : file)).contains(code);
				blocks.add(code);
			}
		}
		return blocks;
	}

	private static String read(String name) throws IOException {
		try (Stream<Path> files = Files.walk(PROJECT)) {
			return Files.readString(
					files.filter((file) -> file.getFileName().toString().equals(name)).findFirst().orElseThrow());
		}
	}

}
