package dev.authstarter.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The recipes of OpenRewrite in the jar change what {@code docs/coming-from.md} says, to
 * properties that exist, and leave no application less protected. What OpenRewrite makes
 * of them is not tested here.
 */
class OpenRewriteRecipesTests {

	private static final Path RECIPES = Path.of("src/main/resources/META-INF/rewrite");

	private static final Path DOCUMENT = Path.of("../docs/coming-from.md");

	private static final Path MIGRATION = Path.of("../docs/migration.md");

	private static final String START = "<!-- recipes -->\n";

	private static final String END = "<!-- end of recipes -->\n";

	private static final String BOOT = "spring.security.oauth2.resourceserver.";

	private static final String DEPENDENCY = "org.openrewrite.maven.ChangeDependencyGroupIdAndArtifactId";

	private static final String KEY = "ChangePropertyKey";

	private static final String VALUE = "ChangePropertyValue";

	/** A dollar sign, in a file whose placeholders OpenRewrite resolves. */
	private static final String DOLLAR = "${dollar:$}";

	private static final Pattern CODE_BLOCK = Pattern.compile("```(?:yaml|java)\n(.*?)```", Pattern.DOTALL);

	/** The section of the page for each starting point. */
	private static final Map<String, String> SECTIONS = Map.of("FromSpringBoot", "Spring Boot and Spring Security",
			"FromOkta", "Okta Spring Boot Starter", "FromAuth0", "Auth0 Spring Boot API SDK", "FromSpringAddons",
			"spring-addons", "FromKeycloakAdapters", "Keycloak's Spring adapters", "FromSpringCloudAzure",
			"Spring Cloud Azure");

	private final List<Recipe> recipes = Recipe.all();

	@Test
	void everyStartingPointHasARecipe() {
		assertThat(this.recipes.stream()
			.filter((recipe) -> !recipe.dependencies().isEmpty())
			.map(Recipe::startingPoint)
			.toList()).containsExactlyInAnyOrderElementsOf(SECTIONS.keySet());
		assertThat(this.recipes.stream().map(Recipe::name).toList())
			.containsAll(SECTIONS.keySet().stream().map((name) -> "dev.authstarter." + name).toList());
	}

	@Test
	void propertiesExist() throws IOException {
		Set<String> known = properties();
		List<Rename> renames = renames().toList();
		assertThat(renames).hasSizeGreaterThan(12);
		assertThat(renames).extracting(Rename::after).isSubsetOf(known);
		assertThat(renames).extracting(Rename::before)
			.filteredOn((before) -> before.startsWith("spring.security."))
			.hasSizeGreaterThan(6)
			.isSubsetOf(known);
	}

	@Test
	void propertiesFilesAndYamlAreChangedAlike() {
		for (Recipe recipe : this.recipes) {
			for (String change : List.of(KEY, VALUE)) {
				assertThat(recipe.steps("org.openrewrite.yaml." + change)).as(recipe.name())
					.isEqualTo(recipe.steps("org.openrewrite.properties." + change));
			}
		}
	}

	@Test
	void tablesOfThePageHaveEachChange() throws IOException {
		for (Recipe recipe : this.recipes) {
			String title = SECTIONS.get(recipe.startingPoint());
			if (title != null) {
				String section = section(title);
				assertThat(recipe.dependencies()).allSatisfy((dependency) -> assertThat(section)
					.contains(dependency.substring(dependency.indexOf(':') + 1)));
				assertThat(recipe.renames()).allSatisfy((rename) -> assertThat(rows(section)).as(rename.toString())
					.anyMatch((row) -> row.matches(rename)));
			}
		}
	}

	@Test
	void pageListsTheChanges() throws IOException {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf(START) + START.length();
		int end = document.indexOf(END);
		String table = table();
		if (System.getenv("WRITE_DOCUMENT") != null) {
			Files.writeString(DOCUMENT, document.substring(0, start) + table + document.substring(end));
			return;
		}
		assertThat(document.substring(start, end))
			.as("The recipes have changed. Write the table with: "
					+ "WRITE_DOCUMENT=1 mvn test -pl auth-starter -Dtest=OpenRewriteRecipesTests")
			.isEqualTo(table);
	}

	@Test
	void onlyReplacesDependenciesAndRenamesProperties() {
		assertThat(this.recipes).filteredOn((recipe) -> !recipe.name().equals("dev.authstarter.FindDecisions"))
			.flatMap(Recipe::steps)
			.allSatisfy((step) -> assertThat(step.type()).matches(
					Pattern.quote(DEPENDENCY) + "|org\\.openrewrite\\.(yaml|properties)\\.ChangeProperty(Key|Value)"
							+ "|dev\\.authstarter\\.From\\w+Properties"));
		assertThat(this.recipes).flatMap((recipe) -> recipe.steps(DEPENDENCY))
			.hasSizeGreaterThan(7)
			.allSatisfy((options) -> assertThat(options).containsEntry("newGroupId", "dev.authstarter")
				.containsEntry("newArtifactId", "auth-starter")
				.containsEntry("newVersion", "@project.version@"));
	}

	@Test
	void renamesPropertiesOnlyInModulesWithTheDependency() {
		assertThat(this.recipes).filteredOn((recipe) -> !recipe.renames().isEmpty())
			.hasSize(5)
			.allSatisfy((recipe) -> assertThat(recipe.preconditions())
				.containsExactly(new Step("org.openrewrite.maven.search.ModuleHasDependency",
						Map.of("groupIdPattern", "dev.authstarter", "artifactIdPattern", "auth-starter"))));
	}

	@Test
	void recipeOfAStartingPointReplacesTheDependencyAndRenamesTheProperties() {
		assertThat(this.recipes).filteredOn((recipe) -> !recipe.renames().isEmpty()).allSatisfy((recipe) -> {
			Recipe whole = recipe("dev.authstarter." + recipe.startingPoint());
			assertThat(recipe.name()).isEqualTo(whole.name() + "Properties");
			assertThat(whole.dependencies()).isNotEmpty();
			assertThat(whole.steps()).endsWith(new Step(recipe.name(), Map.of()));
		});
	}

	/** Spring Boot's properties are read as before: start-up fails if they differ. */
	@Test
	void oldNameOfAnotherLibraryStillSetsTheProperty() {
		List<Rename> renames = renames().filter((rename) -> !rename.before().startsWith(BOOT)).toList();
		assertThat(renames).hasSizeGreaterThan(6).allSatisfy((rename) -> {
			String value = rename.value("fi.le");
			assertThat(resolve(value, Map.of())).contains("fi.le");
			assertThat(resolve(value, Map.of(rename.before(), "outs.ide"))).contains("outs.ide")
				.doesNotContain("fi.le");
		});
	}

	@Test
	void domainOfAuth0BecomesItsIssuer() {
		Rename domain = renames().filter((rename) -> rename.before().equals("auth0.domain")).findFirst().orElseThrow();
		assertThat(resolve(domain.value("acme.eu.auth0.com"), Map.of())).isEqualTo("https://acme.eu.auth0.com/");
		assertThat(resolve(domain.value("${HOST:acme.eu.auth0.com}"), Map.of("auth0.domain", "id.acme.example")))
			.isEqualTo("https://id.acme.example/");
	}

	@Test
	void codeThatReadsARenamedPropertyIsFoundBefore() {
		assertThat(renames()).allSatisfy((rename) -> {
			String prefix = rename.before().substring(0, rename.before().lastIndexOf('.'));
			String name = rename.before().substring(prefix.length() + 1);
			assertThat(found("Api.java", "@Value(\"${%s:}\")".formatted(rename.before()))).isTrue();
			assertThat(found("Api.kt", "environment.getProperty(\"%s\")".formatted(rename.before()))).isTrue();
			assertThat(
					found("Api.java", "@ConditionalOnProperty(prefix = \"%s\", name = \"%s\")".formatted(prefix, name)))
				.isTrue();
			assertThat(found("application.yml", "acme.issuer: ${%s}".formatted(rename.before()))).isTrue();
			assertThat(found("application.properties", "acme.issuer=${%s:none}".formatted(rename.before()))).isTrue();
			assertThat(found("application.properties", "a=b\n%s=c".formatted(rename.after())))
				.isEqualTo(rename.after().startsWith("auth-starter."));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "Api.java: @Bean JwtDecoder decoder()", "Api.kt: NimbusReactiveJwtDecoder",
			"Api.java: SpringOpaqueTokenIntrospector", "Api.java: OAuth2ResourceServerProperties properties",
			"Api.java: OktaOAuth2Properties properties", "application.yml: dpop-mode: REQUIRED",
			"application.properties: auth0.dpopMode=required", "application.yml: dpop-mode: 'REQUIRED'",
			"application.yml: security-constraints:", "application.properties: keycloak.securityConstraints[0]",
			"application.yml: policy-enforcer-config:", "application.yaml: auth-starter:" })
	void findsWhatMustBeDecidedBefore(String text) {
		assertThat(found(text.substring(0, text.indexOf(':')), text.substring(text.indexOf(':') + 2))).isTrue();
	}

	/** With the configurations of the page, there is nothing to decide before. */
	@Test
	void findsNothingInTheExamplesOfThePage() throws IOException {
		List<String> examples = CODE_BLOCK.matcher(Files.readString(DOCUMENT))
			.results()
			.map((block) -> block.group(1))
			.filter((block) -> !block.startsWith("auth-starter:"))
			.toList();
		assertThat(examples).hasSizeGreaterThan(12)
			.noneMatch((example) -> found("application.yml", example))
			.noneMatch((example) -> found("Api.java", example));
	}

	@Test
	void recipesOfTheJarNameItsVersion() throws IOException {
		URL recipe = getClass().getResource("/META-INF/rewrite/from-okta.yml");
		assertThat(recipe).isNotNull();
		assumeThat(recipe.getPath()).as("Maven has copied it")
			.endsWith("/target/classes/META-INF/rewrite/from-okta.yml");
		try (InputStream in = recipe.openStream()) {
			assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
				.containsPattern("newVersion: '\\d+\\.\\d+")
				.doesNotContain("project.version")
				.contains(DOLLAR);
		}
	}

	private Stream<Rename> renames() {
		return this.recipes.stream().flatMap((recipe) -> recipe.renames().stream());
	}

	private Recipe recipe(String name) {
		return this.recipes.stream().filter((recipe) -> recipe.name().equals(name)).findFirst().orElseThrow();
	}

	private boolean found(String file, String text) {
		String path = (file.endsWith(".java") || file.endsWith(".kt")) ? "src/main/java/" + file
				: "src/main/resources/" + file;
		return recipe("dev.authstarter.FindDecisions").steps("org.openrewrite.text.Find")
			.stream()
			.filter((options) -> Pattern.compile(";")
				.splitAsStream(text(options, "filePattern"))
				.anyMatch((pattern) -> path.endsWith(pattern.substring(pattern.lastIndexOf('*') + 1))))
			.anyMatch((options) -> Pattern
				.compile(text(options, "find"),
						Pattern.MULTILINE
								| (Boolean.FALSE.equals(options.get("caseSensitive")) ? Pattern.CASE_INSENSITIVE : 0))
				.matcher(text)
				.find());
	}

	private String table() {
		StringBuilder table = new StringBuilder("| recipe | before | after |\n| --- | --- | --- |\n");
		for (Recipe recipe : this.recipes) {
			String name = "`dev.authstarter." + recipe.startingPoint() + "`";
			for (String dependency : recipe.dependencies()) {
				table.append("| %s | `%s` | `dev.authstarter:auth-starter` |\n".formatted(name, dependency));
			}
			for (Rename rename : recipe.renames()) {
				table.append("| %s | `%s` | `%s` |\n".formatted(name, rename.before(), rename.after()));
			}
		}
		return table.toString();
	}

	/** The text of a section. Spring Boot's properties are in a page of their own. */
	private static String section(String title) throws IOException {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf("\n## " + title + "\n");
		assertThat(start).as(title).isPositive();
		int end = document.indexOf("\n## ", start + 1);
		String section = document.substring(start, (end != -1) ? end : document.length());
		if (title.startsWith("Spring Boot")) {
			return section + "\nNames in the table begin with `" + BOOT + "`.\n" + Files.readString(MIGRATION);
		}
		return section;
	}

	private static List<Row> rows(String section) {
		Matcher prefix = Pattern.compile("Names in the table begin with `([^`]+)`").matcher(section);
		String start = prefix.find() ? prefix.group(1) : "";
		return section.lines()
			.filter((line) -> line.startsWith("| `"))
			.map((line) -> Pattern.compile(" \\| ").split(line, 2))
			.map((cells) -> new Row(names(start, cells[0]), names("", cells[1])))
			.toList();
	}

	private static List<String> names(String prefix, String cell) {
		return Pattern.compile("`([^`]+)`").matcher(cell).results().map((name) -> prefix + name.group(1)).toList();
	}

	private static String resolve(String text, Map<String, Object> properties) {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addFirst(new MapPropertySource("outside", properties));
		return new PropertySourcesPropertyResolver(sources).resolveRequiredPlaceholders(text);
	}

	/** Return the names of all properties of this library and of Spring Boot. */
	private static Set<String> properties() throws IOException {
		Set<String> names = new TreeSet<>();
		ConfigurationMetadata.load().properties().forEach((property) -> names.add(property.name()));
		for (URL url : Collections.list(OpenRewriteRecipesTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream in = url.openStream()) {
				Pattern.compile("\"name\": \"(spring\\.security\\.[a-z0-9.-]+)\"")
					.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
					.results()
					.map((name) -> name.group(1))
					.forEach(names::add);
			}
		}
		return names;
	}

	private static String text(Map<String, Object> options, String name) {
		return String.valueOf(Objects.requireNonNull(options.get(name), name));
	}

	/**
	 * A row of a table: what is before and what is after.
	 */
	private record Row(List<String> before, List<String> after) {

		boolean matches(Rename rename) {
			return this.before.contains(rename.before()) && this.after.contains(rename.after());
		}

	}

	/**
	 * A property that gets another name.
	 *
	 * @param before the old name
	 * @param after the new name
	 * @param pattern the pattern of a value that is changed, too
	 * @param replacement what the value becomes
	 */
	private record Rename(String before, String after, @Nullable String pattern, @Nullable String replacement) {

		String value(String old) {
			String newValue = Objects.requireNonNull(this.replacement, this.before);
			assertThat(newValue).contains(DOLLAR);
			return old.replaceAll(Objects.requireNonNull(this.pattern, this.before), newValue.replace(DOLLAR, "$"));
		}

	}

	/**
	 * A recipe or precondition, with its options.
	 */
	private record Step(String type, Map<String, Object> options) {

		@SuppressWarnings("unchecked")
		static List<Step> all(@Nullable Object list) {
			List<Step> steps = new ArrayList<>();
			for (Object step : (list != null) ? (List<Object>) list : List.of()) {
				if (step instanceof Map<?, ?> map) {
					map.forEach((type, options) -> steps
						.add(new Step(String.valueOf(type), (Map<String, Object>) Objects.requireNonNull(options))));
				}
				else {
					steps.add(new Step(String.valueOf(step), Map.of()));
				}
			}
			return steps;
		}

	}

	/**
	 * A recipe of a file.
	 */
	private record Recipe(String name, List<Step> preconditions, List<Step> steps) {

		static List<Recipe> all() {
			List<Recipe> recipes = new ArrayList<>();
			try (Stream<Path> files = Files.list(RECIPES)) {
				for (Path file : files.sorted().toList()) {
					new Yaml().loadAll(Files.readString(file)).forEach((document) -> recipes.add(of(document)));
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			return recipes;
		}

		private static Recipe of(Object document) {
			Map<?, ?> recipe = (Map<?, ?>) document;
			assertThat(recipe.get("type")).isEqualTo("specs.openrewrite.org/v1beta/recipe");
			return new Recipe(String.valueOf(recipe.get("name")), Step.all(recipe.get("preconditions")),
					Step.all(recipe.get("recipeList")));
		}

		/** The name without that of the part. */
		String startingPoint() {
			return this.name.substring("dev.authstarter.".length()).replaceFirst("Properties$", "");
		}

		List<Map<String, Object>> steps(String type) {
			return this.steps.stream().filter((step) -> step.type().equals(type)).map(Step::options).toList();
		}

		List<String> dependencies() {
			return steps(DEPENDENCY).stream()
				.map((options) -> text(options, "oldGroupId") + ":" + text(options, "oldArtifactId"))
				.toList();
		}

		/** A value is changed before its name, which does not occur any more then. */
		List<Rename> renames() {
			List<Rename> renames = new ArrayList<>();
			Step value = null;
			for (Step step : this.steps) {
				if (step.type().equals("org.openrewrite.yaml." + VALUE)) {
					value = step;
				}
				else if (step.type().equals("org.openrewrite.yaml." + KEY)) {
					String before = text(step.options(), "oldPropertyKey");
					Step change = (value != null && before.equals(value.options().get("propertyKey"))) ? value : null;
					renames.add(new Rename(before, text(step.options(), "newPropertyKey"),
							(change != null) ? text(change.options(), "oldValue") : null,
							(change != null) ? text(change.options(), "newValue") : null));
				}
			}
			return renames;
		}

	}

}
