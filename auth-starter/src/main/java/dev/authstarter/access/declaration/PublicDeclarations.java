package dev.authstarter.access.declaration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import dev.authstarter.PublicEndpoint;
import dev.authstarter.access.Rule;
import dev.authstarter.configuration.AccessRuleException;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reads which handlers are declared to be open without a token: by
 * {@link PublicEndpoint}, or by {@code @PermitAll} where nothing else is declared.
 */
public final class PublicDeclarations {

	/** By name, since Spring MVC need not be there. */
	private static final Set<String> HANDLERS = Set.of("org.springframework.web.HttpRequestHandler",
			"org.springframework.web.servlet.mvc.Controller");

	private final DeclaredRules rules;

	public PublicDeclarations(DeclaredRules rules) {
		this.rules = rules;
	}

	/**
	 * Tell whether a handler is declared public.
	 * @param method the method that handles requests
	 * @param type the class of the object that it is called on
	 * @return whether it is
	 * @throws AccessRuleException if the handler is declared public and has a rule, too
	 */
	public boolean isPublic(Method method, Class<?> type) {
		if (!DeclaredRules.mentions(type) && !StockAnnotations.mentions(type)) {
			return false;
		}
		TypeHierarchy family = new TypeHierarchy(type, method);
		Method implementation = family.implementation(method);
		List<Annotation> stock = StockAnnotations.demanding(StockAnnotations.of(method, type));
		boolean closedByStock = !StockAnnotations.permitAll(stock);
		if (family.declarations(implementation).stream().anyMatch(PublicDeclarations::isDeclaredOn)) {
			refuseIf(DeclaredRules.isDeclaredOnMethod(implementation, family) || closedByStock, implementation, family);
			return true;
		}
		if (family.members().stream().anyMatch(PublicDeclarations::isDeclaredOn)) {
			boolean ruleOnMethod = DeclaredRules.isDeclaredOnMethod(implementation, family)
					|| (closedByStock && StockAnnotations.isDeclaredOnMethod(implementation, family));
			refuseIf(!ruleOnMethod && (this.rules.of(method, type) != Rule.NONE || closedByStock), implementation,
					family);
			return !ruleOnMethod;
		}
		return !stock.isEmpty() && !closedByStock && this.rules.of(method, type) == Rule.NONE;
	}

	/** Whether {@link PublicEndpoint} stands there, itself or on another annotation. */
	public static boolean isDeclaredOn(AnnotatedElement element) {
		return MergedAnnotations.from(element, SearchStrategy.DIRECT).isPresent(PublicEndpoint.class);
	}

	/**
	 * Stop where a class says so that handles no requests of Spring MVC: nothing would be
	 * opened. Interfaces may be shared with clients.
	 * @param family a bean's class with its super-types
	 * @throws AccessRuleException if it is no handler
	 */
	public static void refuseWhereNoHandlerIs(TypeHierarchy family) {
		boolean controller = MethodCallers.isController(family);
		boolean handler = controller
				|| family.members().stream().anyMatch((member) -> HANDLERS.contains(member.getName()));
		for (Method method : family.methods()) {
			if (isOnClass(method, method.getDeclaringClass())
					&& (controller ? !MethodCallers.isMapped(method) : !handler)) {
				throw noHandler(MethodName.of(method, family.namedType()));
			}
		}
		if (!handler && family.members().stream().anyMatch((member) -> isOnClass(member, member))) {
			throw noHandler(family.namedType().getName());
		}
	}

	private static boolean isOnClass(AnnotatedElement element, Class<?> place) {
		return !place.isInterface() && isDeclaredOn(element);
	}

	private static AccessRuleException noHandler(String what) {
		return new AccessRuleException(
				"%s is declared public, and is no handler of Spring MVC, so that nothing would be opened."
					.formatted(what),
				"Remove @PublicEndpoint. To open a route, a servlet, a GraphQL endpoint or a WebSocket handshake, list its "
						+ "path in 'auth-starter.public-paths'.");
	}

	private static void refuseIf(boolean contradiction, Method implementation, TypeHierarchy family) {
		if (contradiction) {
			throw new AccessRuleException(
					"%s is declared public, and has a rule."
						.formatted(MethodName.of(implementation, family.namedType())),
					"Remove @PublicEndpoint or the rule. On a method, @PublicEndpoint replaces the rules that "
							+ "auth-starter's annotations on its type declare, but none of Spring Security's.");
		}
	}

}
