package dev.authstarter.access.declaration;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.CallerType;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.PathRules;
import dev.authstarter.access.Rule;
import dev.authstarter.configuration.AuthStarterProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpMethod;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Validates the properties with rules by path.
 */
public final class PathRulesFactory {

	private static final Set<String> METHODS = Stream.of(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toCollection(TreeSet::new));

	/** No path contains these: it is decoded and normalized before it is compared. */
	private static final Pattern NEVER = Pattern.compile(".*(;|%|#|\\s|//|/\\.{1,2}(/|$)).*");

	private final List<AuthStarterProperties.PathRule> properties;

	public PathRulesFactory(List<AuthStarterProperties.PathRule> properties) {
		this.properties = properties;
	}

	public PathRules create() {
		List<PathRule> rules = new ArrayList<>();
		for (int i = 0; i < this.properties.size(); i++) {
			rules.add(create("auth-starter.rules[%d].".formatted(i), this.properties.get(i)));
		}
		return new PathRules(rules);
	}

	private static PathRule create(String prefix, AuthStarterProperties.PathRule properties) {
		PathPattern pattern = pattern(prefix + "path", properties.path());
		Set<String> methods = methods(prefix + "methods", properties.methods());
		if (properties.scopes().isEmpty() && properties.roles().isEmpty() && properties.permissions().isEmpty()) {
			throw new InvalidConfigurationPropertyValueException(prefix + "path", properties.path(),
					"The rule requires nothing. Set '%1$sscopes', '%1$sroles' or '%1$spermissions'.".formatted(prefix));
		}
		return new PathRule(pattern, methods,
				new Rule(each(prefix + "scopes", properties.scopes(), DeclaredRules.SCOPE),
						each(prefix + "roles", properties.roles(), DeclaredRules.NAME),
						each(prefix + "permissions", properties.permissions(), DeclaredRules.NAME),
						EnumSet.allOf(CallerType.class), false, false, false));
	}

	private static PathPattern pattern(String property, @Nullable String path) {
		if (path == null || !path.startsWith("/")) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"It must be a path pattern that starts with a slash, for example '/legacy/**'.");
		}
		if (NEVER.matcher(path).matches()) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"It would match no request. Write the decoded path, without parameters, query, double slashes and "
							+ "dot segments.");
		}
		try {
			// A slash at the end of a request's path is ignored, too.
			return PathPatterns
				.parse((path.length() > 1 && path.endsWith("/")) ? path.substring(0, path.length() - 1) : path);
		}
		catch (PatternParseException ex) {
			throw new InvalidConfigurationPropertyValueException(property, path,
					"It is not a valid path pattern: %s.".formatted(ex.getMessage()));
		}
	}

	private static Set<String> methods(String property, List<String> methods) {
		Set<String> names = new TreeSet<>();
		methods.forEach((method) -> names.add(method.toUpperCase(Locale.ROOT)));
		if (!METHODS.containsAll(names)) {
			throw new InvalidConfigurationPropertyValueException(property, methods,
					"It may contain any of %s. If it is not set, the rule applies to all of them.".formatted(METHODS));
		}
		return names;
	}

	private static List<List<String>> each(String property, List<String> names, Pattern valid) {
		if (!names.stream().allMatch((name) -> valid.matcher(name).matches())) {
			throw new InvalidConfigurationPropertyValueException(property, names,
					"A name in it is empty or has characters that names in tokens cannot have.");
		}
		return names.stream().map(List::of).toList();
	}

}
