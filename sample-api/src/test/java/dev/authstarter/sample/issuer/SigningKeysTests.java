package dev.authstarter.sample.issuer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SigningKeysTests {

	private static final JWKSelector EVERY_KEY = new JWKSelector(new JWKMatcher.Builder().build());

	@TempDir
	private Path directory;

	@Test
	void areTheSameAfterRestart() {
		List<String> before = keys().ids();
		assertThat(before).hasSize(1);
		assertThat(keys().ids()).isEqualTo(before);
	}

	@Test
	void areTheirOwnersAlone() throws IOException {
		keys();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file()))).isEqualTo("rw-------");
		assertThat(file().getParent()).isDirectoryNotContaining((other) -> !other.equals(file()));
	}

	@Test
	void signWithNewKeyAndKeepTheOneBeforeWhenRotated() {
		SigningKeys keys = keys();
		String first = keys.ids().get(0);
		keys.rotate();
		String second = keys.ids().get(0);
		assertThat(keys.ids()).containsExactly(second, first).doesNotHaveDuplicates();
		keys.rotate();
		assertThat(keys.ids()).hasSize(2).doesNotContain(first).element(1).isEqualTo(second);
		assertThat(keys().ids()).isEqualTo(keys.ids());
	}

	@Test
	void areSelectedNewestFirst() {
		SigningKeys keys = keys();
		keys.rotate();
		assertThat(keys.get(EVERY_KEY, null)).extracting(JWK::getKeyID).isEqualTo(keys.ids());
		assertThat(keys.get(EVERY_KEY, null)).allMatch(JWK::isPrivate);
	}

	@Test
	void sayWhatToDoWithFileThatHasNone() throws IOException {
		keys();
		Files.writeString(file(), "no keys");
		assertThatIllegalStateException().isThrownBy(this::keys).withMessageContaining("Delete " + file());
	}

	private SigningKeys keys() {
		return new SigningKeys(file(), Clock.systemUTC());
	}

	private Path file() {
		return this.directory.resolve("build").resolve("keys.json");
	}

}
