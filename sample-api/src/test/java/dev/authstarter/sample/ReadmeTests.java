package dev.authstarter.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's quick start shows code of the sample that is compiled and tested. A block
 * of code stands, to the letter, in the file that the nearest {@code sample:} comment
 * names.
 */
class ReadmeTests {

	private static final Pattern MARK = Pattern
		.compile("<!-- sample: (?<file>\\S+) -->|```(?:java|yaml)\\n(?<code>.*?)```", Pattern.DOTALL);

	@Test
	void showsCodeOfTheSample() throws IOException {
		Matcher matcher = MARK.matcher(Files.readString(Path.of("../README.md")));
		String file = "";
		int blocks = 0;
		while (matcher.find()) {
			if (matcher.group("file") != null) {
				file = Files.readString(Path.of(matcher.group("file")));
			}
			else {
				assertThat(file).contains(matcher.group("code"));
				blocks++;
			}
		}
		assertThat(blocks).isGreaterThanOrEqualTo(7);
	}

}
