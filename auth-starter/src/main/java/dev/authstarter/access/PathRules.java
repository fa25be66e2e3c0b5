package dev.authstarter.access;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.http.server.PathContainer;

/**
 * The rules that the configuration gives by path. They are added to what a handler
 * demands by itself.
 */
public final class PathRules {

	/** What a handler without a list of methods answers. */
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
	 * Find the rules that a request has to fulfil.
	 * @param method its HTTP method
	 * @param paths its path as each reads it who may choose the handler
	 * @return all of them; empty if there is none
	 */
	public List<PathRule> of(String method, List<PathContainer> paths) {
		return this.rules.stream().filter((rule) -> rule.matches(method, paths)).toList();
	}

	/**
	 * Find the rules that hold for everything that something answers.
	 * @param methods its HTTP methods; empty for all
	 * @param paths its paths
	 * @return empty unless every method of every path has one
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
	 * Tell which rules are for nothing.
	 * @param paths the paths of everything that is served
	 * @return their path patterns
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
