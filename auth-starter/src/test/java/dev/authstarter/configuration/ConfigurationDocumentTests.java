package dev.authstarter.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.configuration.ConfigurationMetadata.Group;
import dev.authstarter.configuration.ConfigurationMetadata.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/configuration.md} with the metadata of the properties, and the
 * names of properties in all other documents with it.
 */
class ConfigurationDocumentTests {

	private static final Path DOCUMENT = Path.of("../docs/configuration.md");

	private static final String START = "<!-- properties -->\n";

	private static final String END = "<!-- end of properties -->\n";

	/** A name in a text or a table, but for one that ends with a wildcard. */
	private static final Pattern NAME = Pattern.compile("`auth-starter\\.([a-z0-9.<>\\[\\]-]+)[`:=]");

	private final ConfigurationMetadata metadata = ConfigurationMetadata.load();

	@Test
	void pageShowsEveryProperty() throws IOException {
		String document = Files.readString(DOCUMENT);
		String expected = document.substring(0, document.indexOf(START) + START.length())
				+ new ConfigurationPage(this.metadata).write() + document.substring(document.indexOf(END));
		Path written = (System.getenv("WRITE_DOCUMENT") != null) ? DOCUMENT : Path.of("target/configuration.md");
		Files.writeString(written, expected);
		assertThat(Files.readString(DOCUMENT))
			.as("The properties have changed. Read auth-starter/target/configuration.md, and replace the page by it with: "
					+ "WRITE_DOCUMENT=1 mvn test -pl auth-starter -Dtest=ConfigurationDocumentTests")
			.isEqualTo(expected);
	}

	@Test
	void pageHasARowForEveryProperty() throws IOException {
		String document = Files.readString(DOCUMENT);
		assertThat(this.metadata.properties())
			.allSatisfy((property) -> assertThat(document).contains("\n| `" + property.name() + "` | "));
	}

	@Test
	void documentsNamePropertiesThatExist() throws IOException {
		List<String> known = Stream
			.concat(this.metadata.properties().stream().map(Property::name),
					this.metadata.groups().stream().map(Group::name))
			.toList();
		assertNamesAreKnown(Path.of("../README.md"), known);
		try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
			for (Path document : documents.toList()) {
				assertNamesAreKnown(document, known);
			}
		}
	}

	private static void assertNamesAreKnown(Path document, List<String> known) throws IOException {
		assertThat(NAME.matcher(Files.readString(document))
			.results()
			.map((name) -> "auth-starter." + name.group(1).replaceFirst("^issuers\\.[a-z-]+\\.", "issuers.<name>."))
			.map((name) -> name.replaceFirst("\\[\\d]", "[n]"))).as(document.toString()).isSubsetOf(known);
	}

}
