package dev.authstarter.configuration;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Thrown while the application starts when properties without a safe default are missing.
 */
@SuppressWarnings("serial")
public final class MissingPropertyException extends RuntimeException {

	private final List<Missing> missing;

	/**
	 * Create an exception for one property.
	 * @param property the full name, for example {@code auth-starter.issuer}
	 * @param shortName the name of the value in the message
	 * @param why a sentence that says why there is no default
	 * @param value what the value is, to complete "Set 'property' to ..."
	 * @param example a value to show in a file and in the environment, or {@code null}
	 * for secrets, which must not be written to a file
	 */
	public MissingPropertyException(String property, String shortName, String why, String value,
			@Nullable String example) {
		this(List.of(new Missing(property,
				"No %s is configured: the property '%s' is missing. %s".formatted(shortName, property, why),
				"Set '%s' to %s.".formatted(property, value), example)));
	}

	private MissingPropertyException(List<Missing> missing) {
		super(lines(missing, Missing::problem));
		this.missing = missing;
	}

	/**
	 * Combine several exceptions.
	 * @param missing the exceptions, at least one
	 * @return one exception for all properties
	 */
	public static MissingPropertyException ofAll(List<MissingPropertyException> missing) {
		return new MissingPropertyException(missing.stream().flatMap((one) -> one.missing.stream()).toList());
	}

	/**
	 * Return the action: a sentence for each property, and lines for
	 * {@code application.yml} or the environment.
	 * @return several lines
	 */
	public String action() {
		List<Missing> shown = this.missing.stream().filter((one) -> one.example() != null).toList();
		String sentences = lines(this.missing, Missing::action);
		return shown.isEmpty() ? sentences : "%s%n%nIn application.yml:%n%n%s%nor in the environment:%n%n%s"
			.formatted(sentences, yaml(shown), lines(shown, Missing::variable));
	}

	/** The names of the missing properties. */
	List<String> properties() {
		return this.missing.stream().map(Missing::property).toList();
	}

	private static String lines(List<Missing> missing, Function<Missing, String> line) {
		return missing.stream().map(line).collect(Collectors.joining("%n".formatted()));
	}

	private static String yaml(List<Missing> missing) {
		StringBuilder yaml = new StringBuilder();
		List<String> above = List.of();
		for (Missing one : missing) {
			List<String> path = List.of(one.property().split("\\.", -1));
			int level = 0;
			while (level < path.size() - 1 && level < above.size() && path.get(level).equals(above.get(level))) {
				level++;
			}
			for (; level < path.size(); level++) {
				String value = (level == path.size() - 1) ? " " + one.example() : "";
				yaml.append("    %s%s:%s%n".formatted("  ".repeat(level), path.get(level), value));
			}
			above = path;
		}
		return yaml.toString();
	}

	/**
	 * One missing property.
	 */
	private record Missing(String property, String problem, String action, @Nullable String example) {

		String variable() {
			return "    %s=%s".formatted(PropertyNames.variable(this.property), this.example);
		}

	}

}
