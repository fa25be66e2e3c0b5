package dev.authstarter.access.inventory;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PathRule;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.Declaration;
import dev.authstarter.access.inventory.RouteAlternatives.Reading;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;

/**
 * An entry point as it was found, before rules by path and the handlers that lead to it
 * are considered.
 *
 * @param handler its description
 * @param paths the paths below the application's context path at which requests reach it;
 * empty if no HTTP request does, or the paths are unknown
 * @param leadsTo what is called behind it, for example the fields of a GraphQL endpoint,
 * or {@code null} if it is called itself
 * @param own whether it is the application's own
 * @param tokenPatterns those of its patterns where every request needs a token
 * @param declaredPublic whether it declares that callers need no token
 * @param reading how much is known of the requests that it serves
 */
public record EntryPoint(HandlerDescription handler, Set<String> paths, @Nullable Kind leadsTo, boolean own,
		Set<String> tokenPatterns, boolean declaredPublic, Reading reading) {

	public EntryPoint(HandlerDescription handler, Set<String> paths, @Nullable Kind leadsTo, boolean own,
			Set<String> tokenPatterns) {
		this(handler, paths, leadsTo, own, tokenPatterns, false, Reading.PARTIAL);
	}

	public EntryPoint declaredPublic(boolean declaredPublic) {
		return new EntryPoint(this.handler, this.paths, this.leadsTo, this.own, this.tokenPatterns, declaredPublic,
				this.reading);
	}

	EntryPoint read(Reading reading) {
		return new EntryPoint(this.handler, this.paths, this.leadsTo, this.own, this.tokenPatterns, this.declaredPublic,
				reading);
	}

	/** Return whether it may answer requests of a method. */
	boolean mayAnswer(String method) {
		Set<String> methods = this.handler.methods();
		return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
	}

	/**
	 * Return whether requests for a path may reach the entry point.
	 * @param forms the forms of the path
	 */
	boolean mayServe(List<PathContainer> forms) {
		return this.paths.isEmpty() || this.paths.stream()
			.map(PathPatterns::parse)
			.anyMatch((pattern) -> forms.stream().anyMatch(pattern::matches));
	}

	/**
	 * Return whether it serves every request of a method for which Spring reports a
	 * pattern, so that no entry point after it does.
	 */
	boolean servesAll(String method, @Nullable String pattern) {
		Set<String> methods = this.handler.methods();
		return this.reading == Reading.COMPLETE && (methods.isEmpty() || methods.contains(method)) && pattern != null
				&& this.handler.patterns().contains(pattern);
	}

	/** An entry point that no pattern of Spring MVC leads to. */
	static EntryPoint of(Kind kind, String name, Declaration declaration, boolean enforced) {
		return new EntryPoint(new HandlerDescription(kind, Set.of(), Set.of(), name, declaration.text(),
				declaration.rule() == Rule.NONE, declaration.rule().requiresOrganization(), false, enforced,
				declaration.rule().demands()), Set.of(), null, true, Set.of());
	}

	EntryPoint at(Set<String> paths) {
		return new EntryPoint(
				new HandlerDescription(this.handler.kind(), this.handler.methods(), paths, this.handler.name(),
						this.handler.rule(), this.handler.undeclared(), this.handler.organizationScoped(),
						this.handler.open(), this.handler.enforced(), this.handler.demands()),
				paths, this.leadsTo, this.own, this.tokenPatterns, this.declaredPublic, this.reading);
	}

	EntryPoint notEnforced() {
		return with(this.handler.rule(), this.handler.undeclared(), this.handler.open(), false, this.handler.demands());
	}

	/**
	 * Return the entry point as declared, because its requirement is declared elsewhere.
	 */
	EntryPoint declaredElsewhere(boolean open) {
		return with(this.handler.rule(), false, open, this.handler.enforced(), this.handler.demands());
	}

	/**
	 * Return the entry point with path rules in addition to its own. With a path rule it
	 * is no longer public.
	 */
	EntryPoint under(List<PathRule> rules) {
		String text = this.handler.open() ? "" : this.handler.rule();
		Demands demands = this.handler.demands();
		for (PathRule rule : rules) {
			text = text.isEmpty() ? rule.toString() : text + "; " + rule;
			if (rule.methods().isEmpty() || this.handler.methods().stream().allMatch(rule::appliesTo)) {
				demands = both(demands, rule.rule().demands());
			}
		}
		EntryPoint held = with(text, false, false, true, demands);
		return new EntryPoint(held.handler, this.paths, this.leadsTo, this.own, held.handler.patterns(), false,
				this.reading);
	}

	private static Demands both(Demands one, Demands other) {
		return new Demands(join(one.scopes(), other.scopes()), join(one.roles(), other.roles()),
				join(one.permissions(), other.permissions()), one.callers(), one.delegation(), one.actors());
	}

	private static List<List<String>> join(List<List<String>> one, List<List<String>> other) {
		return Stream.concat(one.stream(), other.stream()).distinct().toList();
	}

	private EntryPoint with(String rule, boolean undeclared, boolean open, boolean enforced, Demands demands) {
		return new EntryPoint(
				new HandlerDescription(this.handler.kind(), this.handler.methods(), this.handler.patterns(),
						this.handler.name(), rule, undeclared, this.handler.organizationScoped(), open, enforced,
						demands),
				this.paths, this.leadsTo, this.own, this.tokenPatterns, this.declaredPublic, this.reading);
	}

}
