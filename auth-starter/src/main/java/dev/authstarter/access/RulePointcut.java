package dev.authstarter.access;

import java.lang.reflect.Method;
import java.util.Arrays;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Finds the methods whose rules are enforced by interception: all that have one and are
 * not web handlers, whose rules are enforced before their arguments are bound.
 */
final class RulePointcut extends StaticMethodMatcherPointcut {

	private final DeclaredRules rules;

	private final boolean web;

	RulePointcut(DeclaredRules rules, boolean web) {
		this.rules = rules;
		this.web = web;
		setClassFilter(new Mentioned());
	}

	@Override
	public boolean matches(Method method, Class<?> type) {
		if (method.getDeclaringClass() == Object.class || this.rules.of(method, type) == Rule.NONE) {
			return false;
		}
		TypeFamily family = new TypeFamily(type);
		Method implementation = family.implementation(method);
		return !isController(family)
				|| (!isMapped(implementation) && DeclaredRules.isDeclaredOnMethod(implementation, family));
	}

	/** Whether Spring MVC calls this method, so that the guards stand before it. */
	boolean isHandler(Method method, TypeFamily family) {
		return isController(family) && isMapped(family.implementation(method));
	}

	private boolean isController(TypeFamily family) {
		return this.web && AnnotatedElementUtils.hasAnnotation(family.type(), Controller.class)
				&& family.members()
					.stream()
					.flatMap((member) -> Arrays.stream(member.getDeclaredMethods()))
					.anyMatch(RulePointcut::isMapped);
	}

	private static boolean isMapped(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
	}

	/**
	 * Most classes mention no rule.
	 */
	private static final class Mentioned implements ClassFilter {

		private final ClassValue<Boolean> mentioned = new ClassValue<>() {
			@Override
			protected Boolean computeValue(Class<?> type) {
				return DeclaredRules.mentions(new TypeFamily(type));
			}
		};

		@Override
		public boolean matches(Class<?> type) {
			return this.mentioned.get(type);
		}

	}

}
