package dev.authstarter.servlet.argument;

import java.lang.reflect.Method;

import org.springframework.core.annotation.AnnotatedMethod;

/**
 * A method as a class has it that may have inherited it: with parameters whose generic
 * types are those of that class, and whose annotations may stand on an interface.
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
