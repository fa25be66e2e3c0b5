package dev.authstarter.access.declaration;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The name of a method in reports and failures.
 */
public final class MethodName {

	private MethodName() {
	}

	public static String of(Method method, Class<?> type) {
		return TypeName.of(Proxy.isProxyClass(type) ? method.getDeclaringClass() : type) + "#" + method.getName();
	}

}
