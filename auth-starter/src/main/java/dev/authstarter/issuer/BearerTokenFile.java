package dev.authstarter.issuer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A bearer token in a file that another process renews before the token expires. The file
 * is read for each request, and no message contains the token.
 */
public final class BearerTokenFile {

	private static final int MAXIMUM_LENGTH = 64 * 1024;

	/** RFC 6750 section 2.1. */
	private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

	private final Path file;

	public BearerTokenFile(Path file) {
		this.file = file;
	}

	/**
	 * Read the token.
	 * @return the value of the {@code Authorization} header
	 * @throws IOException if the file is not one line with a token
	 */
	public String authorization() throws IOException {
		String token = read().strip();
		if (!TOKEN.matcher(token).matches()) {
			throw new IOException("The bearer token file %s must contain one line with a token and nothing else"
				.formatted(this.file));
		}
		return "Bearer " + token;
	}

	private String read() throws IOException {
		if (!Files.isRegularFile(this.file)) {
			throw new IOException("The bearer token file %s does not exist or is not a file".formatted(this.file));
		}
		byte[] bytes;
		try (InputStream content = Files.newInputStream(this.file)) {
			bytes = content.readNBytes(MAXIMUM_LENGTH + 1);
		}
		catch (IOException ex) {
			throw new IOException("The bearer token file %s cannot be read".formatted(this.file), ex);
		}
		if (bytes.length > MAXIMUM_LENGTH) {
			throw new IOException(
					"The bearer token file %s has more than %d bytes".formatted(this.file, MAXIMUM_LENGTH));
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

}
