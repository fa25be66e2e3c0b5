package dev.authstarter.servlet.inventory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.access.declaration.TypeName;

import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RequestPredicates;

/**
 * Collects the methods and patterns of a predicate, except those it negates, and
 * describes it. Predicates that are not Spring MVC's own are described by their class,
 * because their own descriptions may differ from run to run.
 */
final class PredicateReader implements RequestPredicates.Visitor {

	private final Set<String> methods = new LinkedHashSet<>();

	private final Set<String> patterns = new LinkedHashSet<>();

	private final StringBuilder description = new StringBuilder();

	private int negations;

	Set<String> methods() {
		return this.methods;
	}

	Set<String> patterns() {
		return this.patterns;
	}

	String description() {
		return this.description.toString();
	}

	@Override
	public void method(Set<HttpMethod> methods) {
		List<String> names = List.copyOf(new TreeSet<>(methods.stream().map(HttpMethod::name).toList()));
		if (this.negations == 0) {
			this.methods.addAll(names);
		}
		this.description.append((names.size() == 1) ? names.get(0) : names.toString());
	}

	@Override
	public void path(String pattern) {
		if (this.negations == 0) {
			this.patterns.add(pattern);
		}
		this.description.append(pattern);
	}

	@Override
	@Deprecated(forRemoval = true)
	@SuppressWarnings("removal")
	public void pathExtension(String extension) {
		this.description.append("*.").append(extension);
	}

	@Override
	public void header(String name, String value) {
		this.description.append(name).append(": ").append(value);
	}

	@Override
	public void param(String name, String value) {
		this.description.append('?').append(name).append(" == ").append(value);
	}

	@Override
	public void version(String version) {
		this.description.append("version ").append(version);
	}

	@Override
	public void startAnd() {
		this.description.append('(');
	}

	@Override
	public void and() {
		this.description.append(" && ");
	}

	@Override
	public void endAnd() {
		this.description.append(')');
	}

	@Override
	public void startOr() {
		this.description.append('(');
	}

	@Override
	public void or() {
		this.description.append(" || ");
	}

	@Override
	public void endOr() {
		this.description.append(')');
	}

	@Override
	public void startNegate() {
		this.negations++;
		this.description.append('!');
	}

	@Override
	public void endNegate() {
		this.negations--;
	}

	@Override
	public void unknown(RequestPredicate predicate) {
		this.description.append(TypeName.of(predicate.getClass()));
	}

}
