package dev.authstarter.access;

import java.lang.reflect.Method;

/**
 * A method as people read it in a report or a failure.
 */
final class MethodName {

	private MethodName() {
	}

	static String of(Method method, Class<?> type) {
		return type.getName() + "#" + method.getName();
	}

}
