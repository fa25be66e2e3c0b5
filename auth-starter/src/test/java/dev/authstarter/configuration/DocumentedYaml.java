package dev.authstarter.configuration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * A block of YAML in a document.
 *
 * @param document the file
 * @param line the number of its first line
 * @param text the block
 */
record DocumentedYaml(Path document, int line, String text) {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("(?ms)^```ya?ml\\s*?\\n(.*?)^```");

	static List<DocumentedYaml> all() throws IOException {
		List<Path> documents = new ArrayList<>();
		for (String folder : List.of(".", "docs", "auth-starter-test", "sample-api", "auth-benchmarks")) {
			try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
				files.filter((file) -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
			}
		}
		List<DocumentedYaml> blocks = new ArrayList<>();
		for (Path document : documents) {
			blocks.addAll(of(document));
		}
		return blocks;
	}

	static List<DocumentedYaml> of(String document) throws IOException {
		return of(ROOT.resolve("docs").resolve(document));
	}

	private static List<DocumentedYaml> of(Path document) throws IOException {
		List<DocumentedYaml> blocks = new ArrayList<>();
		String text = Files.readString(document);
		Matcher block = BLOCK.matcher(text);
		while (block.find()) {
			int line = (int) text.substring(0, block.start(1)).lines().count() + 1;
			blocks.add(new DocumentedYaml(document, line, block.group(1)));
		}
		return blocks;
	}

	/**
	 * Parse the block.
	 * @return the documents of the block
	 */
	List<Object> parse() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		List<Object> documents = new ArrayList<>();
		try {
			new Yaml(new SafeConstructor(options)).loadAll(this.text).forEach(documents::add);
		}
		catch (YAMLException ex) {
			throw new IllegalArgumentException(this + ": " + ex.getMessage(), ex);
		}
		return documents;
	}

	/** Return the properties that Spring Boot reads in the block. */
	Map<String, Object> properties() {
		Map<String, Object> properties = new LinkedHashMap<>();
		try {
			for (PropertySource<?> source : new YamlPropertySourceLoader().load(toString(),
					new ByteArrayResource(this.text.getBytes(StandardCharsets.UTF_8)))) {
				for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
					properties.put(name, source.getProperty(name));
				}
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(toString(), ex);
		}
		return properties;
	}

	@Override
	public String toString() {
		return ROOT.relativize(this.document) + ":" + this.line;
	}

}
