package dev.authstarter.servlet.argument;

import java.lang.reflect.Method;

import org.springframework.core.annotation.AnnotatedMethod;

/**
 * A method as a member of a class that may inherit it: the generic types of its
 * parameters are resolved for that class, and their annotations may be declared on an
 * interface.
 */
final class MethodOfType extends AnnotatedMethod {

	private final Class<?> type;

	MethodOfType(Class<?> type, Method method) {
		super(method);
		this.type = type;
	}

	@Override
	protected Class<?> getContainingClass() {
		return this.type;
	}

}
