package dev.authstarter.access.inventory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The requests that a predicate of functional routes may match, as alternatives. A
 * predicate that matches a path or, instead, a parameter has one alternative with that
 * path and one without any. No record, because the Javadoc tool of Java 17 fails at
 * public types inside of a record that it leaves out.
 */
public final class RouteAlternatives {

	/** All requests. */
	public static final RouteAlternatives ANY = of(Set.of(), Set.of());

	/** Some requests, of any method and path. */
	public static final RouteAlternatives SOME = of(Reading.PARTIAL);

	/** Requests that code of the application selects. */
	public static final RouteAlternatives UNKNOWN = of(Reading.NONE);

	private final List<Alternative> list;

	private RouteAlternatives(List<Alternative> list) {
		this.list = List.copyOf(list);
	}

	/** Return the alternatives, at least one. */
	public List<Alternative> list() {
		return this.list;
	}

	/**
	 * Return one alternative.
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of paths, empty for all
	 */
	public static RouteAlternatives of(Set<String> methods, Set<String> patterns) {
		return new RouteAlternatives(List.of(new Alternative(methods, patterns, Reading.COMPLETE)));
	}

	private static RouteAlternatives of(Reading reading) {
		return new RouteAlternatives(List.of(new Alternative(Set.of(), Set.of(), reading)));
	}

	/** Return the requests that both predicates match. */
	RouteAlternatives and(RouteAlternatives other) {
		return combine(other, true, RouteAlternatives::common, RouteAlternatives::union);
	}

	/**
	 * Return the requests that both predicates match if routes are nested in them: the
	 * second one matches the rest of the path.
	 */
	RouteAlternatives andWithin(RouteAlternatives other) {
		return combine(other, false, RouteAlternatives::common, (outside,
				inside) -> (outside.isEmpty() || inside.isEmpty()) ? union(outside, inside) : nested(outside, inside));
	}

	/** Return the requests that the predicate does not match. */
	RouteAlternatives negate() {
		return this.list.stream().anyMatch((each) -> each.reading == Reading.NONE) ? UNKNOWN : SOME;
	}

	/** Return the requests that one of two predicates matches. */
	RouteAlternatives or(RouteAlternatives other) {
		return merged(Stream.concat(this.list.stream(), other.list.stream()).toList());
	}

	/**
	 * Return the requests that a predicate nested in this one matches.
	 * @param inner the nested predicate
	 */
	public RouteAlternatives nest(RouteAlternatives inner) {
		return nest(inner, Set.of(""));
	}

	/**
	 * Return the requests of a route that is nested in this predicate. A route without a
	 * path of its own also serves all paths below the outer one.
	 * @param inner the predicate of the route
	 */
	public RouteAlternatives route(RouteAlternatives inner) {
		return nest(inner, Set.of("", "/**"));
	}

	private RouteAlternatives nest(RouteAlternatives inner, Set<String> withoutPath) {
		return combine(inner, false, (outside, inside) -> inside.isEmpty() ? outside : inside, (outside,
				inside) -> outside.isEmpty() ? inside : nested(outside, inside.isEmpty() ? withoutPath : inside));
	}

	private RouteAlternatives combine(RouteAlternatives other, boolean samePath,
			BiFunction<Set<String>, Set<String>, Set<String>> methods,
			BiFunction<Set<String>, Set<String>, Set<String>> patterns) {
		List<Alternative> combined = new ArrayList<>();
		for (Alternative one : this.list) {
			for (Alternative another : other.list) {
				combined.add(new Alternative(methods.apply(one.methods, another.methods),
						patterns.apply(one.patterns, another.patterns), one.readingWith(another, samePath)));
			}
		}
		return merged(combined);
	}

	/** Alternatives of the same methods, or of the same patterns, are one. */
	private static RouteAlternatives merged(List<Alternative> list) {
		Map<List<Object>, Alternative> byMethods = new LinkedHashMap<>();
		list.forEach((each) -> byMethods.merge(List.of(each.methods, each.patterns.isEmpty(), each.reading), each,
				(one, another) -> new Alternative(one.methods, union(one.patterns, another.patterns), one.reading)));
		Map<List<Object>, Alternative> byPatterns = new LinkedHashMap<>();
		byMethods.values()
			.forEach((each) -> byPatterns.merge(List.of(each.patterns, each.methods.isEmpty(), each.reading), each,
					(one, another) -> new Alternative(union(one.methods, another.methods), one.patterns, one.reading)));
		return new RouteAlternatives(List.copyOf(byPatterns.values()));
	}

	/** Two that exclude each other match nothing, and are kept as if both applied. */
	private static Set<String> common(Set<String> one, Set<String> another) {
		if (one.isEmpty() || another.isEmpty()) {
			return one.isEmpty() ? another : one;
		}
		Set<String> common = new HashSet<>(one);
		common.retainAll(another);
		return common.isEmpty() ? union(one, another) : common;
	}

	private static Set<String> union(Set<String> one, Set<String> another) {
		Set<String> union = new HashSet<>(one);
		union.addAll(another);
		return union;
	}

	private static Set<String> nested(Set<String> outer, Set<String> inner) {
		Set<String> nested = new HashSet<>();
		outer.forEach((prefix) -> inner.forEach((suffix) -> nested.add(below(prefix, suffix))));
		return nested;
	}

	/**
	 * The pattern that Spring reports for a request may lack a wildcard at the end of the
	 * outer pattern, and then matches other paths.
	 */
	private static String below(String prefix, String suffix) {
		if (suffix.isEmpty() || isRest(prefix)) {
			return prefix;
		}
		String start = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
		return start + (suffix.startsWith("/") ? "" : "/") + suffix;
	}

	private static boolean isRest(String pattern) {
		return pattern.endsWith("/**") || pattern.contains("{*");
	}

	/**
	 * Requests of some methods to some paths.
	 *
	 * @param methods names of HTTP methods, empty for all
	 * @param patterns the patterns of paths, empty if they are unknown
	 * @param reading whether these are all requests of the methods and paths
	 */
	public record Alternative(Set<String> methods, Set<String> patterns, Reading reading) {

		public Alternative {
			methods = Set.copyOf(methods);
			patterns = Set.copyOf(patterns);
		}

		/**
		 * Two sets of patterns or methods may exclude each other, and a pattern below a
		 * wildcard for the rest of the path is not kept.
		 */
		private Reading readingWith(Alternative other, boolean samePath) {
			boolean both = (!this.methods.isEmpty() && !other.methods.isEmpty())
					|| (!other.patterns.isEmpty() && (samePath ? !this.patterns.isEmpty()
							: this.patterns.stream().anyMatch(RouteAlternatives::isRest)));
			Reading least = both ? Reading.PARTIAL : Reading.COMPLETE;
			return Stream.of(this.reading, other.reading, least).max(Comparator.naturalOrder()).orElseThrow();
		}

	}

	/**
	 * How much of a predicate is known.
	 */
	public enum Reading {

		/** It matches all requests of the methods and paths. */
		COMPLETE,

		/** It depends on other parts of the request, too. */
		PARTIAL,

		/**
		 * Code of the application decides, which may also set the pattern that Spring
		 * reports for the request.
		 */
		NONE

	}

}
