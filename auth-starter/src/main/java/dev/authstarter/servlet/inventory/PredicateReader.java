package dev.authstarter.servlet.inventory;

import java.util.Set;

import dev.authstarter.access.inventory.RouteAlternatives;
import dev.authstarter.access.inventory.RoutePredicateReader;

import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;

/**
 * Reads a predicate of Spring MVC. Predicates that are not Spring MVC's own are described
 * by their class, because their own descriptions may differ from run to run.
 */
final class PredicateReader implements RequestPredicates.Visitor {

	private final RoutePredicateReader reader;

	/**
	 * Create a reader.
	 * @param nesting whether routes are nested in the predicate
	 */
	PredicateReader(boolean nesting) {
		this.reader = new RoutePredicateReader(nesting);
	}

	RouteAlternatives alternatives() {
		return this.reader.alternatives();
	}

	String description() {
		return this.reader.description();
	}

	@Override
	public void method(Set<HttpMethod> methods) {
		this.reader.methods(methods.stream().map(HttpMethod::name).toList());
	}

	@Override
	public void path(String pattern) {
		this.reader.path(pattern);
	}

	@Override
	@Deprecated(forRemoval = true)
	@SuppressWarnings("removal")
	public void pathExtension(String extension) {
		this.reader.other("*.", extension);
	}

	@Override
	public void header(String name, String value) {
		this.reader.other(name, ": ", value);
	}

	@Override
	public void param(String name, String value) {
		this.reader.other("?", name, " == ", value);
	}

	@Override
	public void version(String version) {
		this.reader.other("version ", version);
	}

	@Override
	public void startAnd() {
		this.reader.operator("(");
	}

	@Override
	public void and() {
		this.reader.operator(" && ");
	}

	@Override
	public void endAnd() {
		this.reader.endAnd();
	}

	@Override
	public void startOr() {
		this.reader.operator("(");
	}

	@Override
	public void or() {
		this.reader.operator(" || ");
	}

	@Override
	public void endOr() {
		this.reader.endOr();
	}

	@Override
	public void startNegate() {
		this.reader.operator("!");
	}

	@Override
	public void endNegate() {
		this.reader.endNegate();
	}

	@Override
	public void unknown(RequestPredicate predicate) {
		this.reader.unknown(predicate.getClass(), RequestPredicates.class);
	}

}
