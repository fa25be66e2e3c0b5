package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.authstarter.CallerType;
import dev.authstarter.PublicEndpoint;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import dev.authstarter.access.ActorDemand;
import dev.authstarter.access.AuthorityPrefixes;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.Rule;
import dev.authstarter.configuration.AccessRuleException;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads rules from annotations. For each annotation, a declaration on a method overrides
 * the one of its type, and a declaration in a class overrides those of its supertypes.
 * Two declarations of the same distance must be equal.
 */
public final class DeclaredRules implements DeclaredDemands {

	private static final List<Class<? extends Annotation>> KINDS = List.of(RequiresScope.class, RequiresRole.class,
			RequiresPermission.class, RequiresCaller.class, RequiresOrganization.class);

	private static final Mentions RULES = new Mentions(KINDS);

	private static final Mentions MENTIONS = new Mentions(
			Stream.concat(KINDS.stream(), Stream.of(PublicEndpoint.class)).toList());

	/** What RFC 6749 section 3.3 allows in a scope. */
	static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

	static final Pattern NAME = Pattern.compile("\\S(.*\\S)?");

	private final ClassValue<Map<Method, Rule>> rules = new ClassValue<>() {
		@Override
		protected Map<Method, Rule> computeValue(Class<?> type) {
			return new ConcurrentHashMap<>();
		}
	};

	private final Map<String, HandlerDescription.Demands> demands = new ConcurrentSkipListMap<>();

	private final AuthorityPrefixes prefixes;

	public DeclaredRules(AuthorityPrefixes prefixes) {
		this.prefixes = prefixes;
	}

	@Override
	public Map<String, HandlerDescription.Demands> demands() {
		return Collections.unmodifiableMap(this.demands);
	}

	/**
	 * Return the rule of a method. Pointcut, interceptor, guard and start-up check all
	 * use this method.
	 * @param method the method, or one that it implements
	 * @param type the class of the object that it is called on, itself or as a proxy
	 * @return the rule, {@link Rule#NONE} itself if nothing is declared
	 * @throws AccessRuleException if declarations contradict each other
	 */
	public Rule of(Method method, Class<?> type) {
		Map<Method, Rule> known = this.rules.get(type);
		Rule rule = known.get(method);
		if (rule == null) {
			TypeHierarchy family = new TypeHierarchy(type, method);
			rule = read(method, family);
			note(rule, MethodName.of(family.implementation(method), family.namedType()));
			known.put(method, rule);
		}
		return rule;
	}

	private void note(Rule rule, String method) {
		if (rule != Rule.NONE) {
			this.prefixes.refuse(method, rule.demands());
			this.demands.put(method, rule.demands());
		}
	}

	/**
	 * Return whether a rule, or public access, is declared anywhere in the hierarchy of a
	 * type. The result is cached for each class.
	 */
	public static boolean mentions(Class<?> type) {
		return MENTIONS.isInFamilyOf(type);
	}

	/** Whether a rule is declared anywhere in the hierarchy of a type. */
	static boolean mentionsRule(Class<?> type) {
		return RULES.isInFamilyOf(type);
	}

	/** Whether a rule is declared on the method or class itself. */
	static boolean isRuleOn(AnnotatedElement element) {
		return RULES.isOn(element);
	}

	/** Whether a rule is declared on the method itself or on one that it overrides. */
	public static boolean isDeclaredOnMethod(Method implementation, TypeHierarchy family) {
		return family.declarations(implementation).stream().anyMatch(RULES::isOn);
	}

	/** The classes and interfaces of a hierarchy with a declaration. */
	public static List<Class<?>> declaring(TypeHierarchy family) {
		return family.members().stream().filter(RULES::isIn).toList();
	}

	private static Rule read(Method method, TypeHierarchy family) {
		Method implementation = family.implementation(method);
		Site site = new Site(implementation, family, family.declarations(implementation));
		List<RequiresCaller> callers = site.find(RequiresCaller.class);
		List<RequiresOrganization> organization = site.find(RequiresOrganization.class);
		List<List<String>> scopes = new ArrayList<>();
		for (RequiresScope scope : site.find(RequiresScope.class)) {
			site.choices("@RequiresScope", SCOPE, scope.value(), scope.anyOf(), scopes);
		}
		List<List<String>> roles = new ArrayList<>();
		for (RequiresRole role : site.find(RequiresRole.class)) {
			site.choices("@RequiresRole", NAME, role.value(), role.anyOf(), roles);
		}
		List<List<String>> permissions = new ArrayList<>();
		for (RequiresPermission permission : site.find(RequiresPermission.class)) {
			site.choices("@RequiresPermission", NAME, permission.value(), permission.anyOf(), permissions);
		}
		if (scopes.isEmpty() && roles.isEmpty() && permissions.isEmpty() && callers.isEmpty()
				&& organization.isEmpty()) {
			return Rule.NONE;
		}
		boolean machine = !organization.isEmpty()
				&& organization.stream().allMatch(RequiresOrganization::allowMachineWithoutOrganization);
		if (machine && scopes.isEmpty() && permissions.isEmpty()) {
			throw new AccessRuleException(
					"%s allows machines without an organization and requires nothing else of them.".formatted(site),
					"Add @RequiresScope or @RequiresPermission: a caller type restricts access and never grants it.");
		}
		return new Rule(scopes, roles, permissions, site.callers(callers), !callers.isEmpty(), site.actor(callers),
				!organization.isEmpty(), machine);
	}

	/**
	 * The places in which declarations of one method are searched.
	 */
	private record Site(Method method, TypeHierarchy family, List<Method> declarations) {

		<A extends Annotation> List<A> find(Class<A> kind) {
			Map<Class<?>, Set<A>> onMethods = new LinkedHashMap<>();
			for (Method declaration : this.declarations) {
				collect(kind, declaration, declaration.getDeclaringClass(), onMethods);
			}
			if (!onMethods.isEmpty()) {
				return nearest(kind, onMethods);
			}
			Map<Class<?>, Set<A>> onTypes = new LinkedHashMap<>();
			for (Class<?> member : this.family.members()) {
				collect(kind, member, member, onTypes);
			}
			return onTypes.isEmpty() ? List.of() : nearest(kind, onTypes);
		}

		private static <A extends Annotation> void collect(Class<A> kind, AnnotatedElement element, Class<?> place,
				Map<Class<?>, Set<A>> found) {
			Set<A> declared = new LinkedHashSet<>();
			MergedAnnotations.from(element, SearchStrategy.DIRECT)
				.stream(kind)
				.map(MergedAnnotation::synthesize)
				.forEach(declared::add);
			if (!declared.isEmpty()) {
				found.put(place, declared);
			}
		}

		private <A extends Annotation> List<A> nearest(Class<A> kind, Map<Class<?>, Set<A>> found) {
			List<Class<?>> nearest = found.keySet()
				.stream()
				.filter((place) -> found.keySet()
					.stream()
					.noneMatch((other) -> other != place && place.isAssignableFrom(other)))
				.toList();
			Set<A> declared = found.getOrDefault(nearest.get(0), Set.of());
			for (Class<?> place : nearest) {
				if (!declared.equals(found.get(place))) {
					throw new AccessRuleException(
							"%s inherits two different @%s, one from %s and one from %s.".formatted(this,
									kind.getSimpleName(), nearest.get(0).getName(), place.getName()),
							"Declare @%s on the method itself.".formatted(kind.getSimpleName()));
				}
			}
			return List.copyOf(declared);
		}

		void choices(String annotation, Pattern name, String[] all, String[] anyOf, Collection<List<String>> choices) {
			if (all.length == 0 && anyOf.length == 0) {
				throw unusable(annotation + " that names nothing");
			}
			for (String one : all) {
				choices.add(List.of(one));
			}
			if (anyOf.length > 0) {
				choices.add(List.of(anyOf));
			}
			for (List<String> choice : choices) {
				if (!choice.stream().allMatch((text) -> name.matcher(text).matches())) {
					throw unusable("%s with the name '%s'".formatted(annotation, String.join("', '", choice)));
				}
			}
		}

		Set<CallerType> callers(List<RequiresCaller> declared) {
			Set<CallerType> callers = EnumSet.allOf(CallerType.class);
			for (RequiresCaller one : declared) {
				callers.retainAll(List.of(one.value()));
			}
			if (callers.isEmpty()) {
				throw unusable("@RequiresCaller that no caller fulfils");
			}
			return callers;
		}

		ActorDemand actor(List<RequiresCaller> declared) {
			ActorDemand demand = ActorDemand.NONE;
			for (RequiresCaller one : declared) {
				ActorDemand next = actor(one);
				if (demand.demandsAnything() && next.demandsAnything() && !demand.equals(next)) {
					throw unusable("@RequiresCaller twice with different actors");
				}
				demand = next.demandsAnything() ? next : demand;
			}
			return demand;
		}

		private ActorDemand actor(RequiresCaller declared) {
			Set<String> actors = new LinkedHashSet<>(List.of(declared.actors()));
			if (!actors.stream().allMatch((actor) -> NAME.matcher(actor).matches())) {
				throw unusable("@RequiresCaller with the actor '%s'".formatted(String.join("', '", declared.actors())));
			}
			if (!actors.isEmpty() && declared.delegation() == Delegation.FORBIDDEN) {
				throw unusable("@RequiresCaller that names actors and forbids delegation");
			}
			Delegation delegation = actors.isEmpty() ? declared.delegation() : Delegation.REQUIRED;
			return (delegation != Delegation.ALLOWED) ? new ActorDemand(delegation, actors) : ActorDemand.NONE;
		}

		private AccessRuleException unusable(String what) {
			return new AccessRuleException("%s has an %s.".formatted(this, what),
					"Correct the annotation: some callers must be able to fulfil a rule, and others not.");
		}

		@Override
		public String toString() {
			return MethodName.of(this.method, this.family.namedType());
		}

	}

}
