package dev.authstarter.access.inventory;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.declaration.TypeName;

/**
 * Collects the alternatives of a predicate of functional routes while a visitor of Spring
 * MVC or of WebFlux visits it, and describes it.
 */
public final class RoutePredicateReader {

	private final Deque<RouteAlternatives> read = new ArrayDeque<>();

	private final StringBuilder description = new StringBuilder();

	private final boolean nesting;

	/**
	 * Create a reader.
	 * @param nesting whether routes are nested in the predicate
	 */
	public RoutePredicateReader(boolean nesting) {
		this.nesting = nesting;
	}

	/**
	 * Return what was read. A predicate of the application that does not describe itself
	 * may match any request.
	 */
	public RouteAlternatives alternatives() {
		return (this.read.size() == 1) ? this.read.element() : RouteAlternatives.UNKNOWN;
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
		this.read.push(RouteAlternatives.SOME);
		List.of(parts).forEach(this.description::append);
	}

	/**
	 * Read a predicate that does not describe itself. The only one of Spring's own
	 * matches all requests.
	 * @param type its class
	 * @param all the class that creates the predicate for all requests
	 */
	public void unknown(Class<?> type, Class<?> all) {
		boolean ofSpring = type.getName().startsWith("org.springframework.");
		this.read.push(type.getName().startsWith(all.getName()) ? RouteAlternatives.ANY
				: ofSpring ? RouteAlternatives.SOME : RouteAlternatives.UNKNOWN);
		this.description.append(TypeName.of(type));
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
		RouteAlternatives first = pop();
		this.read.push(this.nesting ? first.andWithin(second) : first.and(second));
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
		this.read.push(pop().negate());
	}

	private RouteAlternatives pop() {
		return this.read.isEmpty() ? RouteAlternatives.UNKNOWN : this.read.pop();
	}

}
