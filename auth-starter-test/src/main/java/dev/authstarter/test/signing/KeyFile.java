package dev.authstarter.test.signing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a file, so that tokens stay valid after the JVM ends: a JWK set (RFC 7517
 * section 5) with private keys, readable only by its owner. An existing file is never
 * overwritten.
 */
public final class KeyFile {

	private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE);

	private static final int MAXIMUM_BYTES = 64 * 1024;

	private static final int MINIMUM_RSA_BITS = 2048;

	private static final Set<Curve> EC_CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

	private KeyFile() {
	}

	/**
	 * Read the keys of a file, or create the keys and the file if it does not exist.
	 * @param file the file, in a directory that exists
	 * @return the keys
	 * @throws IllegalArgumentException if the file cannot be used; its message is the
	 * reason, as a sentence
	 */
	public static ForgeKeys open(Path file) {
		try {
			requirePermissions(file);
			PosixFileAttributes attributes = attributes(file);
			return (attributes != null) ? read(file, attributes) : create(file);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("It can neither be read nor created (%s)."
				.formatted((ex instanceof NoSuchFileException) ? "its directory does not exist" : ex), ex);
		}
	}

	private static void requirePermissions(Path file) {
		if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			throw new IllegalArgumentException(
					"This system has no POSIX permissions, so other users could read the private keys.");
		}
	}

	private static @Nullable PosixFileAttributes attributes(Path file) throws IOException {
		try {
			return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private static ForgeKeys create(Path file) throws IOException {
		ForgeKeys keys = ForgeKeys.generate("local");
		ByteBuffer text = ByteBuffer.wrap(keys.all().toString(false).getBytes(StandardCharsets.UTF_8));
		try (FileChannel channel = FileChannel.open(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
			while (text.hasRemaining()) {
				channel.write(text);
			}
		}
		return keys;
	}

	private static ForgeKeys read(Path file, PosixFileAttributes attributes) throws IOException {
		if (!attributes.isRegularFile()) {
			throw new IllegalArgumentException("It is not a regular file.");
		}
		if (!OWNER_ONLY.containsAll(attributes.permissions())) {
			throw new IllegalArgumentException(
					"Its permissions are %s, but private keys need %s. Other users may have read these ".formatted(
							PosixFilePermissions.toString(attributes.permissions()),
							PosixFilePermissions.toString(OWNER_ONLY))
							+ "keys: delete the file, and the next start-up creates new ones.");
		}
		if (attributes.size() > MAXIMUM_BYTES) {
			throw new IllegalArgumentException("It is larger than %d bytes.".formatted(MAXIMUM_BYTES));
		}
		try {
			return parse(Files.readString(file));
		}
		catch (ParseException ex) {
			// Nimbus' message may contain the text that could not be parsed.
			throw new IllegalArgumentException(
					"It is not a JWK set. Delete it or configure another file, and the next start-up creates new "
							+ "keys.");
		}
	}

	private static ForgeKeys parse(String text) throws ParseException {
		RSAKey rsa = null;
		OctetKeyPair ed25519 = null;
		Map<Curve, ECKey> ec = new LinkedHashMap<>();
		for (JWK key : JWKSet.parse(text).getKeys()) {
			if (key.getKeyID() == null || !key.isPrivate()) {
				throw new IllegalArgumentException("One of its keys has no key id or no private part.");
			}
			if (key instanceof RSAKey rsaKey && rsaKey.size() >= MINIMUM_RSA_BITS) {
				rsa = rsaKey;
			}
			else if (key instanceof ECKey ecKey) {
				ec.put(ecKey.getCurve(), ecKey);
			}
			else if (key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)) {
				ed25519 = pair;
			}
		}
		if (rsa == null || ed25519 == null || !ec.keySet().containsAll(EC_CURVES)) {
			throw new IllegalArgumentException(
					"It must hold an RSA key of at least %d bits, and keys on the curves ".formatted(MINIMUM_RSA_BITS)
							+ "P-256, P-384, P-521 and Ed25519. Delete it, and the next start-up creates all of them.");
		}
		return ForgeKeys.of(rsa, ec, ed25519);
	}

}
