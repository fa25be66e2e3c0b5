package dev.authstarter.access.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.SpringProxy;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.DecoratingProxy;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A class with its supertypes. It finds all places in which a method of the class may
 * have annotations, also if a superclass implements the method of an interface that only
 * the class declares, and if a generic supertype declares other parameter types. The
 * hierarchy of a JDK proxy consists of the interfaces that it was created for.
 */
public final class TypeHierarchy {

	private static final String AOP = SpringProxy.class.getPackageName();

	private final Class<?> type;

	private final Set<Class<?>> members = new LinkedHashSet<>();

	public TypeHierarchy(Class<?> type) {
		this.type = ClassUtils.getUserClass(type);
		if (isJdkProxy()) {
			proxied().forEach(this::collect);
		}
		else {
			collect(this.type);
		}
	}

	/**
	 * The hierarchy that determines the rule of a method: a proxy may have interfaces
	 * that its target does not implement.
	 */
	public TypeHierarchy(Class<?> type, Method method) {
		this(type);
		collect(method.getDeclaringClass());
	}

	private void collect(@Nullable Class<?> member) {
		if (member != null && member != Object.class && !Proxy.isProxyClass(member) && this.members.add(member)) {
			collect(member.getSuperclass());
			for (Class<?> implemented : member.getInterfaces()) {
				collect(implemented);
			}
		}
	}

	private boolean isJdkProxy() {
		return Proxy.isProxyClass(this.type);
	}

	/** The interfaces that a proxy was created for, without those that Spring adds. */
	private List<Class<?>> proxied() {
		return Arrays.stream(this.type.getInterfaces())
			.filter((implemented) -> implemented != DecoratingProxy.class
					&& !implemented.getPackageName().startsWith(AOP))
			.toList();
	}

	public Class<?> type() {
		return this.type;
	}

	/** The class to name in messages. */
	public Class<?> namedType() {
		return isJdkProxy() ? proxied().stream().findFirst().orElse(this.type) : this.type;
	}

	public Set<Class<?>> members() {
		return this.members;
	}

	/**
	 * The callable methods of the source code: each implementation once, including
	 * inherited ones and those of interfaces, without methods that a compiler added and
	 * those of {@code Object}.
	 */
	public Set<Method> methods() {
		Set<Method> methods = new LinkedHashSet<>();
		for (Class<?> root : isJdkProxy() ? proxied() : List.of(this.type)) {
			for (Method declared : ReflectionUtils.getUniqueDeclaredMethods(root)) {
				// A method of a hidden superclass may be visible only as a bridge.
				Method method = declared.isBridge() ? implementation(declared) : declared;
				if (!method.isSynthetic() && !ReflectionUtils.isObjectMethod(method)) {
					methods.add(method);
				}
			}
		}
		return methods;
	}

	/** The method that really runs, never a bridge. */
	public Method implementation(Method method) {
		return isJdkProxy() ? BridgeMethodResolver.findBridgedMethod(method)
				: BridgeMethodResolver.getMostSpecificMethod(method, this.type);
	}

	/** The method itself and all that it overrides or implements. */
	public List<Method> declarations(Method implementation) {
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
