package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.authstarter.Organization;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.core.ResolvableType;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Finds path variables that seem to name an organization but are not compared with the
 * caller's token, and configured variables that no path has.
 */
public final class PathVariableLint implements Lint {

	private static final String PROPERTY = "'auth-starter.organization.path-variables'";

	private static final Set<Kind> APPLICATION = Set.of(Kind.CONTROLLER, Kind.ROUTE);

	private final HandlerInventory inventory;

	private final Supplier<Collection<RequestMappingInfoHandlerMapping>> mappings;

	private final List<String> configured;

	private final boolean explicit;

	/**
	 * Create the check.
	 * @param inventory the handlers
	 * @param mappings the mappings of their methods
	 * @param configured the variables that hold the id of an organization
	 * @param explicit whether they are configured explicitly, not the default
	 */
	public PathVariableLint(HandlerInventory inventory, Supplier<Collection<RequestMappingInfoHandlerMapping>> mappings,
			List<String> configured, boolean explicit) {
		this.inventory = inventory;
		this.mappings = mappings;
		this.configured = configured;
		this.explicit = explicit;
	}

	@Override
	public List<String> findings() {
		List<String> findings = new ArrayList<>();
		Set<String> used = this.inventory.handlers()
			.stream()
			.flatMap((handler) -> handler.patterns().stream())
			.flatMap((pattern) -> PatternVariable.of(pattern).stream())
			.map(PatternVariable::name)
			.collect(Collectors.toSet());
		for (String name : this.configured) {
			if (this.explicit && !used.contains(name)) {
				findings.add("%s names '%s', but no handler's path has that variable.".formatted(PROPERTY, name));
			}
		}
		Map<String, Set<String>> alike = alike();
		alike.forEach((name, patterns) -> findings.add(
				("The path variable '%s' of %s looks like an organization's id, but it is not compared with the token. "
						+ "If it is one, add it to %s.")
					.formatted(name, String.join(", ", patterns), PROPERTY)));
		Map<String, Set<String>> beside = besideOrganization();
		beside.keySet().removeAll(alike.keySet());
		if (!beside.isEmpty()) {
			findings
				.add("Handlers have an argument of the type Organization, but no variable of their path is compared "
						+ "with the token: %s. If one is an organization's id, add it to %s.".formatted(beside
							.entrySet()
							.stream()
							.map((entry) -> "'%s' of %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
							.collect(Collectors.joining("; ")), PROPERTY));
		}
		return findings;
	}

	private Map<String, Set<String>> alike() {
		Map<String, Set<String>> found = new TreeMap<>();
		for (HandlerDescription handler : this.inventory.handlers()) {
			if (APPLICATION.contains(handler.kind())) {
				for (String pattern : handler.patterns()) {
					unguarded(pattern).filter(PatternVariable::looksLikeOrganization)
						.forEach((variable) -> note(variable, pattern, found));
				}
			}
		}
		return found;
	}

	private Map<String, Set<String>> besideOrganization() {
		Map<String, Set<String>> found = new TreeMap<>();
		for (RequestMappingInfoHandlerMapping mapping : this.mappings.get()) {
			mapping.getHandlerMethods().forEach((info, method) -> {
				if (takesOrganization(method)) {
					for (String pattern : info.getPatternValues()) {
						unguarded(pattern).findFirst()
							.filter((variable) -> !variable.isBareEnd())
							.ifPresent((variable) -> note(variable, pattern, found));
					}
				}
			});
		}
		return found;
	}

	/**
	 * Return no variables for a path with a configured variable, which is compared with
	 * the token.
	 */
	private Stream<PatternVariable> unguarded(String pattern) {
		List<PatternVariable> variables = PatternVariable.of(pattern);
		return variables.stream().anyMatch((variable) -> this.configured.contains(variable.name())) ? Stream.of()
				: variables.stream();
	}

	/**
	 * Whether it takes an organization, directly or in an {@link java.util.Optional};
	 * with any other type start-up fails.
	 */
	private static boolean takesOrganization(HandlerMethod method) {
		return Stream.of(method.getMethodParameters())
			.map(ResolvableType::forMethodParameter)
			.flatMap((parameter) -> Stream.of(parameter, parameter.getGeneric()))
			.anyMatch((type) -> type.toClass() == Organization.class);
	}

	private static void note(PatternVariable variable, String pattern, Map<String, Set<String>> found) {
		found.computeIfAbsent("{" + variable.name() + "}", (name) -> new TreeSet<>()).add(pattern);
	}

}
