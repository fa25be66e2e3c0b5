package dev.authstarter.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.authstarter.test.ForgedToken;

/**
 * RS256 tokens in a file, one per line, and the public keys that verify them. Processes
 * share the file and read single tokens without holding all of them on the heap. All
 * lines have the same length.
 */
public final class TokenFile {

	/** The public keys, as an issuer would publish them. */
	static final String KEYS = "keys.json";

	private static final String TOKENS = "tokens";

	private static final Duration LIFETIME = Duration.ofDays(1);

	/** The minimum remaining lifetime of the tokens for a file to be reused. */
	private static final Duration REMAINDER = Duration.ofHours(2);

	private static final int TOKENS_PER_PART = 100_000;

	private static final int SIGNED_AT_ONCE = 10_000;

	private final JWKSet keys;

	private final List<MappedByteBuffer> parts;

	private final int lineLength;

	private final int size;

	private TokenFile(JWKSet keys, List<MappedByteBuffer> parts, int lineLength, int size) {
		this.keys = keys;
		this.parts = parts;
		this.lineLength = lineLength;
		this.size = size;
	}

	/**
	 * Create the files {@code tokens} and {@code keys.json}.
	 * @param arguments the folder, which must exist, and the number of tokens
	 * @throws IOException if they cannot be written
	 */
	public static void main(String[] arguments) throws IOException {
		prepare(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
	}

	/**
	 * Return a file of at least this number of tokens, which is created if there is none
	 * or its tokens are too old.
	 */
	public static TokenFile prepare(Path folder, int number) throws IOException {
		if (Files.exists(folder.resolve(KEYS))) {
			TokenFile present = open(folder);
			if (present.size >= number && present.expiry().isAfter(Instant.now().plus(REMAINDER))) {
				return present;
			}
		}
		// It signs faster, and its signatures are equivalent.
		if (NativeProvider.isPresent()) {
			NativeProvider.install();
		}
		write(folder, number);
		return open(folder);
	}

	private static void write(Path folder, int number) throws IOException {
		Files.deleteIfExists(folder.resolve(KEYS));
		Files.deleteIfExists(folder.resolve(TOKENS));
		ForgedToken token = BenchmarkedToken.valid().withClaim("exp", Instant.now().plus(LIFETIME));
		for (int first = 0; first < number; first += SIGNED_AT_ONCE) {
			List<String> signed = IntStream.range(first, Math.min(number, first + SIGNED_AT_ONCE))
				.parallel()
				.mapToObj((index) -> token.withClaim("jti", String.format(Locale.ROOT, "token-%09d", index)).value())
				.toList();
			Files.write(folder.resolve(TOKENS), signed, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		// Written last, to mark the tokens as complete.
		Files.writeString(folder.resolve(KEYS), BenchmarkedToken.FORGE.publicKeys().toString());
	}

	public static TokenFile open(Path folder) throws IOException {
		try (FileChannel channel = FileChannel.open(folder.resolve(TOKENS))) {
			int lineLength = firstLine(folder).length() + 1;
			List<MappedByteBuffer> parts = new ArrayList<>();
			long partLength = (long) lineLength * TOKENS_PER_PART;
			for (long position = 0; position < channel.size(); position += partLength) {
				parts.add(channel.map(MapMode.READ_ONLY, position, Math.min(partLength, channel.size() - position)));
			}
			return new TokenFile(keys(folder), parts, lineLength, (int) (channel.size() / lineLength));
		}
	}

	private static String firstLine(Path folder) throws IOException {
		try (Stream<String> lines = Files.lines(folder.resolve(TOKENS), StandardCharsets.US_ASCII)) {
			return lines.findFirst().orElseThrow(() -> new IOException("There are no tokens in " + folder));
		}
	}

	static JWKSet keys(Path folder) throws IOException {
		try {
			return JWKSet.parse(Files.readString(folder.resolve(KEYS)));
		}
		catch (ParseException ex) {
			throw new IOException(ex);
		}
	}

	public JWKSet keys() {
		return this.keys;
	}

	public int size() {
		return this.size;
	}

	/** Read a token as a new {@code String}, as in a request. */
	public String token(int index) {
		byte[] token = new byte[this.lineLength - 1];
		this.parts.get(index / TOKENS_PER_PART).get((index % TOKENS_PER_PART) * this.lineLength, token);
		return new String(token, StandardCharsets.ISO_8859_1);
	}

	private Instant expiry() {
		try {
			return SignedJWT.parse(token(0)).getJWTClaimsSet().getExpirationTime().toInstant();
		}
		catch (ParseException ex) {
			throw new UncheckedIOException(new IOException(ex));
		}
	}

}
