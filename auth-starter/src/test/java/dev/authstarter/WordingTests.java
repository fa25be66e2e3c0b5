package dev.authstarter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents, Javadoc, comments and messages are in plain technical English. Words that
 * the project has given up do not come back. A failure names file and line and what to
 * write instead.
 */
class WordingTests {

	private static final Path ROOT = Path.of("..");

	/** Words that are nowhere: neither in a document nor in a source. */
	private static final List<Word> EVERYWHERE = List.of(
			new Word("\\b(is|was|be) unsaid\\b|\\bleave\\w* unsaid\\b", "left out, not stated"),
			new Word("\\bsaid on purpose\\b", "stated explicitly"), new Word("\\bin so many words\\b", "explicitly"),
			new Word("\\btwice as dear\\b", "twice as expensive"));

	/** Words that are in no document that is written for readers of today. */
	private static final List<Word> DOCUMENTS = List.of(
			new Word("\\b(whoever|anybody|everybody|nobody)\\b", "the party that is meant: each client, no user"),
			new Word("\\bstrangers?\\b", "unauthenticated client"),
			new Word("\\bjudg(e|es|ed|ing)\\b", "validate, check"), new Word("\\bwithheld\\b", "skipped, left out"),
			new Word("\\b(is|are) told to\\b", "is configured to, is shut down"),
			new Word("\\b(time|token|tolerance) is over\\b", "has expired"),
			new Word("\\bas ever\\b", "unchanged, as before"), new Word("\\bin good faith\\b", "with a valid token"),
			new Word("\\bat (the |its )?start\\b(?!-up| of)", "at start-up"),
			new Word("\\b(stops?|fails?) (the|a) start\\b|\\bthe start (fails|warns|shows)\\b",
					"makes start-up fail, start-up warns"),
			new Word("\\bturned away\\b", "refused"), new Word("\\bhears\\b", "is notified of"),
			new Word("\\bcloses an? (Spring Boot )?API\\b", "secures an API"),
			new Word("\\bno second machine\\b", "cached"));

	/** Words that are in no name of a type, a member or a variable. */
	private static final List<Word> NAMES = List.of(
			new Word("\\b(whoever|anybody|anyone|everybody|somebody|nobodys?)\\b",
					"none, any, the party that is meant"),
			new Word("\\bstrangers?\\b", "anonymous, unauthenticated, untrusted"),
			new Word("\\bjudg(e|es|ed|ing)\\b", "check, validate"),
			new Word("\\b(withheld|unsaid)\\b", "skipped, suppressed"),
			new Word("\\b(tell|tells|told)\\b", "notify, log, report"),
			new Word("\\b(said|says|speaks)\\b", "what the value is"), new Word("\\bvain\\b", "missing, not found"),
			new Word("\\b(surely|perhaps)\\b", "always, sometimes"));

	/** Code in a line of a document: names and messages are quoted as they are. */
	private static final Pattern CODE = Pattern.compile("`[^`]*`");

	/** A character, or in the group a comment, or strings that are joined to one text. */
	private static final Pattern TEXTS = Pattern.compile("""
			(?sx) '(?:\\\\.|[^'\\\\])+'
			| ( /\\*.*?\\*/ | //[^\\n]*
			| \"{3}.*?(?<!\\\\)\"{3} | "(?:\\\\.|[^"\\\\])*+" (?:\\s*\\+\\s*"(?:\\\\.|[^"\\\\])*+")*+ )""");

	/** A place in a name where its next word begins. */
	private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|_");

	/** The name of a parameter in Javadoc. */
	private static final Pattern PARAMETER = Pattern.compile("@param \\w+");

	@Test
	void documentsAndSourcesAvoidWordsThatAreGone() throws IOException {
		assertThat(Stream.concat(documents().stream(), sources().stream()).flatMap((file) -> found(file, EVERYWHERE)))
			.isEmpty();
	}

	@Test
	void documentsAreInPlainWords() throws IOException {
		assertThat(documents().stream().flatMap((file) -> found(file, DOCUMENTS))).isEmpty();
	}

	@Test
	void messagesAndCommentsAreInPlainWords() throws IOException {
		assertThat(sources().stream().flatMap(WordingTests::foundInTexts)).isEmpty();
	}

	@Test
	void namesAreMadeOfPlainWords() throws IOException {
		assertThat(sources().stream().flatMap(WordingTests::foundInNames)).isEmpty();
	}

	@Test
	void readsDocumentsAndSourcesOfAllModules() throws IOException {
		assertThat(documents()).hasSizeGreaterThan(18);
		assertThat(documents().stream().map(WordingTests::name)).contains("docs/configuration.md");
		assertThat(sources().stream().map(WordingTests::name)).hasSizeGreaterThan(400)
			.anyMatch((name) -> name.startsWith("auth-starter/"))
			.anyMatch((name) -> name.startsWith("auth-starter-test/"))
			.anyMatch((name) -> name.startsWith("sample-api/"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Tokens of strangers are refused.        | unauthenticated client
			Nobody has verified that.               | no user
			The token is JUDGED by its audience.    | validate
			A missing audience stops the start.     | start-up fail
			It is named in the report at start.     | at start-up
			A pod that is told to stop              | shut down
			""")
	void findsWordsWithLineAndSuggestion(String text, String suggestion) {
		assertThat(found("a.md", List.of("# Title", text), DOCUMENTS)).singleElement()
			.asString()
			.startsWith("a.md:2: ")
			.contains(suggestion);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			`byStranger()` and `judge()`            | code
			A start-up check, restarted at startup. | other words
			Strangeness, judgement and overtold     | longer words
			""")
	void leavesOtherWords(String text) {
		assertThat(found("a.md", List.of(text), DOCUMENTS)).isEmpty();
	}

	@Test
	void findsWordsInCommentsAndStringsOfSource() {
		assertThat(foundInTexts("A.java", """
				/**
				 * @param nobody the name of a parameter
				 */
				char quote = '"'; // nobody "looks"
				String code = "stranger-key";
				fail("No \\"token\\" is "
						+ "told to");
				fail(\"""
						Nobody says \\"it\\".
						\""");
				""")).satisfiesExactly((found) -> assertThat(found).startsWith("A.java:4: ").contains("no user"),
				(found) -> assertThat(found).startsWith("A.java:6: ").contains("shut down"),
				(found) -> assertThat(found).startsWith("A.java:8: ").contains("no user"));
	}

	@Test
	void findsWordsInNames() {
		assertThat(foundInNames("A.java", """
				/** A comment for
				 * strangers. */
				class Stranger {
					static final int OF_NOBODY = 1; // told
					String text = "judge";
					boolean isTold() {
					}
				}
				""")).satisfiesExactly((found) -> assertThat(found).startsWith("A.java:3: ").contains("untrusted"),
				(found) -> assertThat(found).startsWith("A.java:4: ").contains("none"),
				(found) -> assertThat(found).startsWith("A.java:6: ").contains("notify"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "BodyPublishers.noBody()", "withHeld()", "int strangeness", "class Judgement", "retell" })
	void leavesOtherNames(String code) {
		assertThat(foundInNames("A.java", code)).isEmpty();
	}

	@Test
	void everyDecisionHasItsNumberAndSaysWhatWouldReopenIt() throws IOException {
		List<String> decisions = Pattern.compile("\n\n")
			.splitAsStream(Files.readString(ROOT.resolve("docs/decisions.md")))
			.filter((block) -> block.startsWith("**"))
			.toList();
		assertThat(decisions).hasSizeGreaterThan(100)
			.allMatch((block) -> block.matches("(?s)\\*\\*<a id=\"d(\\d+)\"></a>D\\1\\. .*"))
			.allMatch((block) -> Pattern.compile("\\*Reopen\\s+(when|for)\\*").matcher(block).find());
		assertThat(decisions.stream().map((block) -> block.substring(0, block.indexOf('.')))).doesNotHaveDuplicates();
	}

	private static List<Path> documents() throws IOException {
		List<Path> documents = new ArrayList<>();
		for (String name : List.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
				"auth-starter-test/README.md", "sample-api/README.md")) {
			documents.add(ROOT.resolve(name));
		}
		try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
			files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
		}
		return documents;
	}

	private static List<Path> sources() throws IOException {
		List<Path> sources = new ArrayList<>();
		for (String module : List.of("auth-starter", "auth-starter-test", "sample-api")) {
			try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main"))) {
				files.filter((file) -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
			}
		}
		return sources;
	}

	private static Stream<String> found(Path file, List<Word> words) {
		try {
			return found(name(file), Files.readAllLines(file), words).stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> found(String name, List<String> lines, List<Word> words) {
		List<String> found = new ArrayList<>();
		boolean document = name.endsWith(".md");
		boolean block = false;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			if (document && line.strip().startsWith("```")) {
				block = !block;
			}
			if (!document || !block) {
				String prose = document ? CODE.matcher(line).replaceAll("") : line;
				for (Word word : words) {
					if (word.pattern().matcher(prose).find()) {
						found.add("%s:%d: %s (write: %s)".formatted(name, i + 1, line.strip(), word.instead()));
					}
				}
			}
		}
		return found;
	}

	private static Stream<String> foundInTexts(Path file) {
		try {
			return foundInTexts(name(file), Files.readString(file)).stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A string without a blank is a name, for example that of an attack. */
	private static List<String> foundInTexts(String name, String source) {
		List<String> found = new ArrayList<>();
		Matcher texts = TEXTS.matcher(source);
		while (texts.find()) {
			String text = (texts.group(1) != null) ? texts.group(1).replaceAll("\"\\s*\\+\\s*\"", "") : "";
			text = PARAMETER.matcher(text).replaceAll("");
			for (Word word : DOCUMENTS) {
				if (text.contains(" ") && word.pattern().matcher(text).find()) {
					long line = source.substring(0, texts.start()).lines().count();
					found.add("%s:%d: %s (write: %s)".formatted(name, line, text, word.instead()));
				}
			}
		}
		return found;
	}

	private static Stream<String> foundInNames(Path file) {
		try {
			return foundInNames(name(file), Files.readString(file)).stream();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<String> foundInNames(String name, String source) {
		String code = TEXTS.matcher(source)
			.replaceAll((text) -> "\n".repeat((int) text.group().chars().filter((it) -> it == '\n').count()));
		return found(name, code.lines().map((line) -> NEXT_WORD.matcher(line).replaceAll(" ")).toList(), NAMES);
	}

	private static String name(Path file) {
		return ROOT.relativize(file).toString().replace('\\', '/');
	}

	/**
	 * A word or phrase, and what to write instead.
	 */
	private record Word(Pattern pattern, String instead) {

		Word(String pattern, String instead) {
			this(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), instead);
		}

	}

}
