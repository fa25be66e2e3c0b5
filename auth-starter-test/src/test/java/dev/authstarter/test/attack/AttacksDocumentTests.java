package dev.authstarter.test.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

import dev.authstarter.Reason;
import dev.authstarter.test.attack.catalogue.Attack;
import dev.authstarter.test.attack.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document lists every attack, in the order of the catalogue.
 */
class AttacksDocumentTests {

	@Test
	void listsEveryAttack() throws IOException {
		String table = Catalogue.all().stream().map(AttacksDocumentTests::row).collect(Collectors.joining("\n"));
		assertThat(Files.readString(Path.of("../docs/attacks.md"))).contains(table);
	}

	@Test
	void everyDocumentKnowsTheirNumber() throws IOException {
		String number = "in %d ways".formatted(Catalogue.all().size());
		assertThat(Files.readString(Path.of("README.md"))).contains(number);
		assertThat(Files.readString(Path.of("../README.md"))).contains(number);
		assertThat(Files.readString(Path.of("../CHANGELOG.md"))).contains(number);
	}

	private static String row(Attack attack) {
		return "| `%s` | %s | %s | %s |".formatted(attack.name(), attack.family(), attack.documentation(),
				attack.refusedInAnyWords() ? "401, 403 or a reason code"
						: attack.expected()
							.stream()
							.sorted()
							.map(Reason::code)
							.map((code) -> "`" + code + "`")
							.collect(Collectors.joining(", ")));
	}

}
