package dev.authstarter.access.interception;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Finds calls that a proxy cannot intercept.
 */
final class ProxyLimits {

	private static final String BY_CLASS = " and the bean is proxied by its class";

	private ProxyLimits() {
	}

	/**
	 * Return why calls of a method are not intercepted by the proxy.
	 * @param method a method of the bean
	 * @param type the class of the bean
	 * @param byClass whether the proxy is a subclass, or will be one
	 * @return the end of a sentence, or {@code null} if calls are intercepted
	 */
	static @Nullable String of(Method method, Class<?> type, boolean byClass) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
			return "the method is " + (Modifier.isStatic(modifiers) ? "static" : "private");
		}
		if (!byClass) {
			return null;
		}
		String ofClass = of(type);
		if (ofClass != null) {
			return ofClass;
		}
		if (Modifier.isFinal(modifiers) && !completesArguments(method)) {
			return "the method is final" + BY_CLASS;
		}
		if (isOfOtherPackage(method, type)) {
			return "the method is visible only in the package " + method.getDeclaringClass().getPackageName()
					+ BY_CLASS;
		}
		return null;
	}

	/**
	 * Return why no proxy can be a subclass of a class.
	 * @param type the class
	 * @return the end of a sentence, or {@code null} if it can have one
	 */
	static @Nullable String of(Class<?> type) {
		if (type.isRecord()) {
			return "the class is a record" + BY_CLASS;
		}
		if (Modifier.isFinal(type.getModifiers())) {
			return "the class is final" + BY_CLASS;
		}
		if (type.isSealed()) {
			return "the class is sealed" + BY_CLASS;
		}
		Constructor<?>[] constructors = type.getDeclaredConstructors();
		return (constructors.length > 0
				&& Arrays.stream(constructors).allMatch((it) -> Modifier.isPrivate(it.getModifiers())))
						? "all constructors of the class are private" + BY_CLASS : null;
	}

	private static boolean isOfOtherPackage(Method method, Class<?> type) {
		return (method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0
				&& !method.getDeclaringClass().getPackageName().equals(ClassUtils.getUserClass(type).getPackageName());
	}

	/**
	 * For a Kotlin function with default arguments, {@code @JvmOverloads} generates final
	 * methods with fewer parameters. They call the function itself on the proxy.
	 */
	private static boolean completesArguments(Method method) {
		Method[] declared = method.getDeclaringClass().getDeclaredMethods();
		return Arrays.stream(declared)
			.anyMatch((other) -> other.isSynthetic() && other.getName().equals(method.getName() + "$default"))
				&& Arrays.stream(declared)
					.anyMatch((other) -> other.getName().equals(method.getName())
							&& !Modifier.isFinal(other.getModifiers())
							&& other.getParameterCount() > method.getParameterCount());
	}

}
