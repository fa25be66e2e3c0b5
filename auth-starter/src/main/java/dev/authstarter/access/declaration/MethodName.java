package dev.authstarter.access.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * A method as people read it in a report or a failure.
 */
public final class MethodName {

	private MethodName() {
	}

	public static String of(Method method, Class<?> type) {
		return TypeName.of(Proxy.isProxyClass(type) ? method.getDeclaringClass() : type) + "#" + method.getName();
	}

}
