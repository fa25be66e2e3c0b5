package dev.authstarter.test.signing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KeyFileTests {

	private static final String INPUT = "e30.e30";

	@TempDir
	private Path directory;

	private Path file;

	@BeforeEach
	void nameFile() {
		this.file = this.directory.resolve("keys.json");
	}

	@Test
	void madeFileIsForItsOwnerAlone() throws IOException {
		KeyFile.open(this.file);
		assertThat(Files.getPosixFilePermissions(this.file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "RS256", "PS512", "ES256", "ES384", "ES512", "EdDSA" })
	void keysAreTheSameWhenTheFileIsReadAgain(String algorithm) throws Exception {
		ForgeKeys made = KeyFile.open(this.file);
		ForgeKeys read = KeyFile.open(this.file);
		assertThat(read.all().toJSONObject(false)).isEqualTo(made.all().toJSONObject(false));
		Signing signing = read.signing(JWSAlgorithm.parse(algorithm));
		assertThat(signing.keyId()).startsWith("local-");
		assertThat(made.published().getKeyByKeyId(String.valueOf(signing.keyId()))).isNotNull();
		assertThat(signing.sign(INPUT)).startsWith(INPUT + ".");
	}

	/** Ed25519 signatures are deterministic (RFC 8032 section 5.1.6). */
	@Test
	void readEd25519KeySignsAsTheMadeOne() {
		String signed = KeyFile.open(this.file).signing(JWSAlgorithm.EdDSA).sign(INPUT);
		assertThat(KeyFile.open(this.file).signing(JWSAlgorithm.EdDSA).sign(INPUT)).isEqualTo(signed);
	}

	@Test
	void publishesNothingPrivate() {
		assertThat(KeyFile.open(this.file).published().getKeys()).hasSize(5).noneMatch(JWK::isPrivate);
	}

	@ParameterizedTest
	@ValueSource(strings = { "rw-r--r--", "rw-r-----", "rw----r--", "rw--w----", "rwx------", "rw------x" })
	void refusesFileThatOthersCanUse(String permissions) throws IOException {
		KeyFile.open(this.file);
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString(permissions));
		refusal().contains(permissions, "private keys need rw-------", "delete the file");
	}

	@Test
	void takesFileThatItsOwnerCanOnlyRead() throws IOException {
		KeyFile.open(this.file);
		Files.setPosixFilePermissions(this.file, PosixFilePermissions.fromString("r--------"));
		assertThat(KeyFile.open(this.file).rsa().getKeyID()).isEqualTo("local-rsa");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "[]", "{\"keys\":{}}", "{\"keys\":[{\"kty\":\"RSA\",\"secret\":\"s3cret\"}]}" })
	void refusesWhatIsNoKeySet(String text) throws IOException {
		write(text);
		refusal().isEqualTo("It is not a JWK set. Delete it or configure another file, and the next start-up creates "
				+ "new keys.");
	}

	@Test
	void refusesPublicKeys() throws IOException {
		write(ForgeKeys.generate("x").published().toString());
		refusal().isEqualTo("One of its keys has no key id or no private part.");
	}

	@Test
	void refusesKeyWithoutId() throws Exception {
		write(new JWKSet(new RSAKeyGenerator(2048).generate()).toString(false));
		refusal().isEqualTo("One of its keys has no key id or no private part.");
	}

	@Test
	void refusesMissingAndWeakKeys() throws Exception {
		List<JWK> keys = ForgeKeys.generate("x").all().getKeys();
		for (JWK left : keys) {
			write(new JWKSet(keys.stream().filter((key) -> !key.equals(left)).toList()).toString(false));
			refusal().startsWith("It must hold an RSA key of at least 2048 bits, and keys on the curves P-256");
		}
		JWK weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
		write(new JWKSet(keys.stream().map((key) -> key.getKeyID().equals("x-rsa") ? weak : key).toList())
			.toString(false));
		refusal().startsWith("It must hold an RSA key of at least 2048 bits");
	}

	@Test
	void refusesLinkAndDirectory() throws IOException {
		Path target = this.directory.resolve("target.json");
		KeyFile.open(target);
		Files.createSymbolicLink(this.file, target);
		refusal().startsWith("It is not a regular file.");
		Files.delete(this.file);
		Files.createSymbolicLink(this.file, this.directory.resolve("not-there.json"));
		refusal().startsWith("It is not a regular file.");
		Files.delete(this.file);
		Files.createDirectory(this.file);
		refusal().startsWith("It is not a regular file.");
	}

	@Test
	void refusesFileOfAnySize() throws IOException {
		write(" ".repeat(64 * 1024 + 1));
		refusal().isEqualTo("It is larger than 65536 bytes.");
	}

	@Test
	void saysThatTheDirectoryIsMissing() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> KeyFile.open(this.directory.resolve("not").resolve("there.json")))
			.withMessage("It can neither be read nor created (its directory does not exist).");
	}

	private void write(String text) throws IOException {
		Files.deleteIfExists(this.file);
		Files.createFile(this.file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(this.file, text);
	}

	/** What is there stays as it was. */
	private AbstractStringAssert<?> refusal() throws IOException {
		String before = content();
		String[] message = new String[1];
		assertThatIllegalArgumentException().isThrownBy(() -> KeyFile.open(this.file))
			.satisfies((ex) -> message[0] = String.valueOf(ex.getMessage()));
		assertThat(content()).isEqualTo(before);
		return assertThat(message[0]).doesNotContain("s3cret");
	}

	private String content() throws IOException {
		return Files.isRegularFile(this.file) ? new String(Files.readAllBytes(this.file), StandardCharsets.UTF_8) : "";
	}

}
