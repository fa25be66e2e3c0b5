package dev.authstarter.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.http.server.PathContainer;

/**
 * The rules of the configuration by path. They apply in addition to the rule of a
 * handler.
 */
public final class PathRules {

	/** The methods of a handler that does not restrict them. */
	private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
			"TRACE");

	private final List<PathRule> rules;

	public PathRules(List<PathRule> rules) {
		this.rules = List.copyOf(rules);
	}

	public boolean isEmpty() {
		return this.rules.isEmpty();
	}

	/**
	 * Find the rules that apply to a request.
	 * @param method its HTTP method
	 * @param paths its path, in each form by which a handler may be chosen
	 * @return all of them; empty if there is none
	 */
	public List<PathRule> of(String method, List<PathContainer> paths) {
		return this.rules.stream().filter((rule) -> rule.matches(method, paths)).toList();
	}

	/**
	 * Find the rules that apply to an entry point if they cover it completely.
	 * @param methods its HTTP methods; empty for all
	 * @param paths its path patterns
	 * @return the rules; empty unless every method of every path has one
	 */
	public List<PathRule> covering(Collection<String> methods, Collection<String> paths) {
		Collection<String> answered = methods.isEmpty() ? METHODS : methods;
		boolean declared = !paths.isEmpty() && paths.stream()
			.allMatch((path) -> answered.stream()
				.allMatch((method) -> this.rules.stream()
					.anyMatch((rule) -> rule.appliesTo(method) && rule.covers(path))));
		return declared ? this.rules.stream()
			.filter((rule) -> answered.stream().anyMatch(rule::appliesTo) && paths.stream().anyMatch(rule::covers))
			.toList() : List.of();
	}

	/**
	 * Find the rules that match no entry point.
	 * @param paths the path patterns of all entry points
	 * @return the path patterns of these rules
	 */
	public Set<String> idle(Collection<String> paths) {
		Set<String> idle = new TreeSet<>();
		for (PathRule rule : this.rules) {
			String pattern = rule.pattern().getPatternString();
			if (paths.stream().noneMatch((path) -> PathPatterns.overlap(pattern, path))) {
				idle.add(pattern);
			}
		}
		return idle;
	}

}
