package dev.authstarter.sample.issuer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys, newest first. They are stored in a file that only its owner may
 * read, and survive a restart. The previous key stays published, so that its tokens stay
 * valid.
 */
final class SigningKeys implements JWKSource<SecurityContext> {

	private static final int PUBLISHED = 2;

	private static final int KEY_SIZE = 2048;

	private final Path file;

	private final Clock clock;

	private volatile JWKSet keys;

	SigningKeys(Path file, Clock clock) {
		this.file = file;
		this.clock = clock;
		this.keys = Files.exists(file) ? read(file) : save(new JWKSet(newKey()));
	}

	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		return selector.select(this.keys);
	}

	/** Return the key ids, newest first. */
	List<String> ids() {
		return this.keys.getKeys().stream().map(JWK::getKeyID).toList();
	}

	/** Create a new key, which signs from now on. */
	synchronized void rotate() {
		this.keys = save(
				new JWKSet(Stream.concat(Stream.of(newKey()), this.keys.getKeys().stream()).limit(PUBLISHED).toList()));
	}

	private JWK newKey() {
		try {
			return new RSAKeyGenerator(KEY_SIZE).keyID(UUID.randomUUID().toString())
				.keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.RS256)
				.issueTime(Date.from(this.clock.instant()))
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static JWKSet read(Path file) {
		try {
			return JWKSet.load(file.toFile());
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException("The issuer's keys cannot be read. Delete " + file + " to get new ones.",
					ex);
		}
	}

	/**
	 * Save the keys. The temporary file is readable only by its owner from its creation,
	 * and replaces the file atomically.
	 */
	private JWKSet save(JWKSet set) {
		try {
			Path directory = this.file.toAbsolutePath().getParent();
			Files.createDirectories(directory);
			Path whole = Files.createTempFile(directory, "issuer-keys", null);
			Files.writeString(whole, set.toString(false));
			Files.move(whole, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			return set;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
