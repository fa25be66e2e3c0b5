package dev.authstarter.access;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * A class with everything it extends and implements. Knows all the places where something
 * may be declared about one of its methods, also where a super-class implements what only
 * an interface of the class demands, and where generic types spell parameters in another
 * way.
 */
final class TypeFamily {

	private final Class<?> type;

	private final Set<Class<?>> members = new LinkedHashSet<>();

	TypeFamily(Class<?> type) {
		this.type = ClassUtils.getUserClass(type);
		collect(this.type);
	}

	private void collect(@Nullable Class<?> member) {
		if (member != null && member != Object.class && this.members.add(member)) {
			collect(member.getSuperclass());
			for (Class<?> implemented : member.getInterfaces()) {
				collect(implemented);
			}
		}
	}

	Class<?> type() {
		return this.type;
	}

	Set<Class<?>> members() {
		return this.members;
	}

	/** The method that really runs, never a bridge. */
	Method implementation(Method method) {
		return BridgeMethodResolver.getMostSpecificMethod(method, this.type);
	}

	/** The method itself and all that it overrides or implements. */
	List<Method> declarations(Method implementation) {
		List<Method> declarations = new ArrayList<>();
		for (Class<?> member : this.members) {
			for (Method candidate : member.getDeclaredMethods()) {
				if (candidate.equals(implementation) || isOverridden(candidate, implementation)) {
					declarations.add(candidate);
				}
			}
		}
		return declarations;
	}

	private boolean isOverridden(Method candidate, Method implementation) {
		int modifiers = candidate.getModifiers() | implementation.getModifiers();
		return candidate.getName().equals(implementation.getName())
				&& candidate.getParameterCount() == implementation.getParameterCount() && !candidate.isBridge()
				&& !Modifier.isPrivate(modifiers) && !Modifier.isStatic(modifiers)
				&& parameters(candidate).equals(parameters(implementation));
	}

	private List<Class<?>> parameters(Method method) {
		List<Class<?>> parameters = new ArrayList<>();
		for (int i = 0; i < method.getParameterCount(); i++) {
			parameters.add(ResolvableType.forMethodParameter(method, i, this.type).toClass());
		}
		return parameters;
	}

}
