package dev.authstarter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The document of refusals lists all reasons of the code. When this test fails, replace
 * the table in {@code docs/refusals.md} by the one in the failure message.
 */
class RefusalsDocumentTests {

	@Test
	void listsEveryReason() throws IOException {
		StringBuilder table = new StringBuilder(
				"| reason | status | OAuth error | title |\n| --- | --- | --- | --- |\n");
		for (Reason reason : Reason.builtIn()) {
			table.append("| <a id=\"%1$s\"></a>`%1$s` | %2$d | %3$s | %4$s |%n".formatted(reason.code(),
					reason.status(), (reason.error() != null) ? "`" + reason.error() + "`" : "", reason.description()));
		}
		assertThat(Files.readString(Path.of("../docs/refusals.md"))).contains(table);
	}

	@Test
	void describesReasonsInTheCharactersOfAChallenge() {
		for (Reason reason : Reason.builtIn()) {
			assertThat(reason.code()).matches("[a-z_]+");
			assertThat(reason.description()).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]+").doesNotEndWith(".");
		}
	}

}
