package dev.authstarter.access.interception;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.DeclaredRules;
import dev.authstarter.access.declaration.FrameworkTypes;
import dev.authstarter.access.declaration.MethodCallers;
import dev.authstarter.access.declaration.PublicDeclarations;
import dev.authstarter.access.declaration.TypeHierarchy;

import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.util.ReflectionUtils;

/**
 * Finds the methods whose rules are enforced by interception: all that have one, except
 * handlers, whose rules the guards enforce before arguments are bound, and methods that
 * only the container calls.
 */
public final class RulePointcut extends StaticMethodMatcherPointcut {

	private final DeclaredRules rules;

	private final PublicDeclarations publicHandlers;

	private final boolean web;

	/**
	 * Create a pointcut.
	 * @param rules the rules
	 * @param framework the types that have no rules
	 * @param web whether guards are called before controllers
	 */
	public RulePointcut(DeclaredRules rules, FrameworkTypes framework, boolean web) {
		this.rules = rules;
		this.publicHandlers = new PublicDeclarations(rules);
		this.web = web;
		setClassFilter((type) -> !framework.haveNoRules(type) && DeclaredRules.mentions(type));
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		return method.getDeclaringClass() != Object.class && applies(method, new TypeHierarchy(type, method));
	}

	/**
	 * Return whether a method has a rule that interception has to enforce, even if it
	 * could not. Other beans do not call private and static methods: the rule of the type
	 * applies to them only if another library than Spring MVC calls them.
	 */
	boolean applies(Method method, TypeHierarchy family) {
		Method implementation = family.implementation(method);
		if ((isHandler(implementation, family) || (this.web && HandlerRules.isEntry(implementation, family)))
				&& this.publicHandlers.isPublic(implementation, family.type())
				&& !MethodCallers.isOtherThanHttp(implementation)) {
			return false;
		}
		if (this.rules.of(method, family.type()) == Rule.NONE) {
			return false;
		}
		boolean own = DeclaredRules.isDeclaredOnMethod(implementation, family);
		boolean controller = isController(family);
		if (controller && MethodCallers.isMapped(implementation)) {
			return MethodCallers.isOtherThanHttp(implementation);
		}
		if (own) {
			return true;
		}
		if (isHidden(implementation)) {
			return MethodCallers.isOtherThanHttp(implementation);
		}
		return !MethodCallers.isCallback(implementation, family)
				&& (!controller || isOpenToOthers(implementation, family));
	}

	/** Methods of controllers are intercepted only if necessary. */
	private static boolean isOpenToOthers(Method implementation, TypeHierarchy family) {
		return (Modifier.isPublic(implementation.getModifiers()) || implementation.getAnnotations().length > 0)
				&& !MethodCallers.isPartOfHandling(implementation) && !MethodCallers.isBeanMethod(implementation)
				&& !MethodCallers.isPreparation(implementation, family)
				&& !ReflectionUtils.isObjectMethod(implementation);
	}

	private static boolean isHidden(Method method) {
		return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) != 0;
	}

	/** Whether Spring MVC calls this method, after the guards. */
	boolean isHandler(Method method, TypeHierarchy family) {
		return isController(family) && MethodCallers.isMapped(family.implementation(method));
	}

	private boolean isController(TypeHierarchy family) {
		return this.web && MethodCallers.isController(family);
	}

}
