package dev.authstarter.test.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.inventory.HandlerInventory;
import org.opentest4j.AssertionFailedError;

/**
 * The requirements of every handler of an application, as a text file under version
 * control. A change of a rule changes the file, so that both are part of the review.
 *
 * <pre class="code">
 * &#064;Test
 * void rulesAreThoseOfTheFile(&#064;Autowired HandlerInventory handlers) {
 *     AccessMatrix.of(handlers).isUnchanged();
 * }
 * </pre>
 *
 * Run the test once with {@code -Daccess-matrix.update} to write the file.
 */
public final class AccessMatrix {

	/** The system property to write the file. */
	private static final String UPDATE = "access-matrix.update";

	private static final Path FILE = Path.of("src", "test", "resources", "access-matrix.txt");

	private static final String HEAD = """
			# Who may call what. Do not edit: run the test with -D%s.
			""".formatted(UPDATE);

	/** One per handler, in the order of the inventory. */
	private final List<String> entries;

	private AccessMatrix(List<String> entries) {
		this.entries = entries;
	}

	/**
	 * Describe an application.
	 * @param inventory its handlers
	 * @return the text
	 */
	public static AccessMatrix of(HandlerInventory inventory) {
		return new AccessMatrix(inventory.handlers().stream().map(AccessMatrix::entry).toList());
	}

	private static String entry(HandlerDescription handler) {
		StringBuilder entry = new StringBuilder(title(handler));
		handler.patterns().forEach((pattern) -> entry.append(' ').append(pattern));
		String kind = handler.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		line(entry, "is", kind + " " + handler.name());
		line(entry, "needs", handler.rule().isEmpty() ? "(no rule of its own)" : handler.rule());
		if (handler.organizationScoped()) {
			line(entry, "within", "an organization of the token");
		}
		return entry.toString();
	}

	/** Handlers without an HTTP mapping are identified by their name. */
	private static String title(HandlerDescription handler) {
		if (!handler.methods().isEmpty()) {
			return String.join(",", handler.methods());
		}
		return handler.patterns().isEmpty() ? handler.name() : "ANY";
	}

	private static void line(StringBuilder entry, String title, String text) {
		entry.append("\n    %-7s %s".formatted(title, text));
	}

	/**
	 * Compare with {@code src/test/resources/access-matrix.txt}.
	 * @throws AssertionFailedError if anything has changed; the message lists all changes
	 */
	public void isUnchanged() {
		isUnchanged(FILE);
	}

	/**
	 * Compare with a file. With the system property {@code access-matrix.update}, unless
	 * it is {@code false}, the file is written instead.
	 * @param file the file
	 * @throws AssertionFailedError if anything has changed; the message lists all changes
	 */
	public void isUnchanged(Path file) {
		String update = System.getProperty(UPDATE);
		try {
			if (update != null && !update.equals("false")) {
				write(file);
			}
			else {
				compare(file);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read or write " + file.toAbsolutePath(), ex);
		}
	}

	private void write(Path file) throws IOException {
		Path folder = file.toAbsolutePath().getParent();
		if (folder != null) {
			Files.createDirectories(folder);
		}
		Files.writeString(file, toString());
	}

	private void compare(Path file) throws IOException {
		if (!Files.exists(file)) {
			throw new AssertionFailedError(
					"There is no %s yet. Run this test once with -D%s, and check the file in.".formatted(file, UPDATE));
		}
		// A checkout may have converted the line ends.
		String before = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n");
		String now = toString().replace("\r\n", "\n");
		if (!before.equals(now)) {
			throw new AssertionFailedError("""
					The rules differ from those in %s:

					%s

					If that is intended, run this test with -D%s and check the file in.""".formatted(file,
					difference(before, now), UPDATE), before, now);
		}
	}

	private static String difference(String before, String now) {
		List<String> left = entries(before);
		List<String> right = entries(now);
		List<String> changes = new ArrayList<>();
		left.stream().filter((entry) -> !right.contains(entry)).forEach((entry) -> changes.add(marked("-", entry)));
		right.stream().filter((entry) -> !left.contains(entry)).forEach((entry) -> changes.add(marked("+", entry)));
		if (changes.isEmpty()) {
			return "(the same handlers, in another order or number)";
		}
		// Sorted by path and not by sign, so that old and new entries are adjacent.
		return changes.stream()
			.sorted((one, other) -> title(one).compareTo(title(other)))
			.collect(Collectors.joining("\n"));
	}

	private static List<String> entries(String text) {
		return List.of(text.strip().split("\n\n", -1));
	}

	private static String marked(String sign, String entry) {
		return entry.lines().map((line) -> sign + " " + line).collect(Collectors.joining("\n"));
	}

	private static String title(String change) {
		return change.lines().findFirst().orElse("").substring(1);
	}

	/**
	 * Return the text of the file.
	 */
	@Override
	public String toString() {
		return HEAD + this.entries.stream().map((entry) -> "\n" + entry + "\n").collect(Collectors.joining());
	}

}
