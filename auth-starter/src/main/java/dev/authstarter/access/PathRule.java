package dev.authstarter.access;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/**
 * A rule of the configuration for a path, independent of what serves it.
 *
 * @param pattern the paths
 * @param methods the HTTP methods; empty for all
 * @param rule the rule
 */
public record PathRule(PathPattern pattern, Set<String> methods, Rule rule) {

	boolean matches(String method, List<PathContainer> paths) {
		return appliesTo(method.toUpperCase(Locale.ROOT)) && paths.stream().anyMatch(this.pattern::matches);
	}

	/** Return whether the rule applies to a method. GET includes HEAD. */
	public boolean appliesTo(String method) {
		return this.methods.isEmpty() || this.methods.contains(method)
				|| (method.equals("HEAD") && this.methods.contains("GET"));
	}

	boolean covers(String path) {
		return PathPatterns.covers(this.pattern.getPatternString(), path);
	}

	@Override
	public String toString() {
		return "by path%s %s: %s".formatted(this.methods.isEmpty() ? "" : " " + String.join(",", this.methods),
				this.pattern.getPatternString(), this.rule);
	}

}
