package dev.authstarter.access.inventory;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the alternatives of a predicate of functional routes while a visitor of Spring
 * MVC or of WebFlux visits it, and describes it.
 */
public final class RoutePredicateReader {

	private final Deque<RouteAlternatives> read = new ArrayDeque<>();

	private final StringBuilder description = new StringBuilder();

	/**
	 * Return what was read. A predicate of the application that does not describe itself
	 * may match any request.
	 */
	public RouteAlternatives alternatives() {
		return (this.read.size() == 1) ? this.read.element() : RouteAlternatives.ANY;
	}

	/** Return a description of the predicate, which is the same in each run. */
	public String description() {
		return this.description.toString();
	}

	/**
	 * Read HTTP methods.
	 * @param methods their names
	 */
	public void methods(Collection<String> methods) {
		Set<String> names = new TreeSet<>(methods);
		this.read.push(RouteAlternatives.of(names, Set.of()));
		this.description.append((names.size() == 1) ? names.iterator().next() : names.toString());
	}

	/**
	 * Read the pattern of a path.
	 * @param pattern the pattern
	 */
	public void path(String pattern) {
		this.read.push(RouteAlternatives.of(Set.of(), Set.of(pattern)));
		this.description.append(pattern);
	}

	/**
	 * Read a predicate about anything else.
	 * @param parts its description
	 */
	public void other(String... parts) {
		this.read.push(RouteAlternatives.ANY);
		List.of(parts).forEach(this.description::append);
	}

	/**
	 * Read the beginning of a combination or its operator.
	 * @param text its description
	 */
	public void operator(String text) {
		this.description.append(text);
	}

	/** Read the end of two predicates that must both match. */
	public void endAnd() {
		RouteAlternatives second = pop();
		this.read.push(pop().and(second));
		this.description.append(')');
	}

	/** Read the end of two predicates of which one must match. */
	public void endOr() {
		RouteAlternatives second = pop();
		this.read.push(pop().or(second));
		this.description.append(')');
	}

	/** Read the end of a predicate that must not match. */
	public void endNegate() {
		pop();
		this.read.push(RouteAlternatives.ANY);
	}

	private RouteAlternatives pop() {
		return this.read.isEmpty() ? RouteAlternatives.ANY : this.read.pop();
	}

}
