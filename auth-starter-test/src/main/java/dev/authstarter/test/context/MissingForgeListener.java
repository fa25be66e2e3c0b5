package dev.authstarter.test.context;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.Arrays;

import dev.authstarter.test.TokenForge;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Reports that an annotation is missing on a test class that injects a
 * {@link TokenForge}. Spring's own message says that no such bean is available.
 */
final class MissingForgeListener implements TestExecutionListener, Ordered {

	/** Before Spring creates instances of the class. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void beforeTestClass(TestContext test) {
		Class<?> type = test.getTestClass();
		if (needsForge(type) && test.getApplicationContext().getBeanNamesForType(TokenForge.class).length == 0) {
			throw new IllegalStateException(
					("%s needs a TokenForge, and its context has none. Put @AutoConfigureForgedTokens on the test class, or "
							+ "@AutoConfigureTestIssuer for a test with an issuer that the application calls.")
						.formatted(type.getName()));
		}
	}

	private static boolean needsForge(Class<?> type) {
		for (Class<?> current = type; current != null; current = current.getSuperclass()) {
			if (Arrays.stream(current.getDeclaredFields()).anyMatch(MissingForgeListener::isInjected)
					|| Arrays.stream(current.getDeclaredMethods()).anyMatch(MissingForgeListener::isInjected)) {
				return true;
			}
		}
		return Arrays.stream(type.getDeclaredConstructors()).anyMatch(MissingForgeListener::isInjected);
	}

	private static boolean isInjected(Field field) {
		return field.getType() == TokenForge.class && field.isAnnotationPresent(Autowired.class);
	}

	private static boolean isInjected(Executable executable) {
		return Arrays.stream(executable.getParameters())
			.anyMatch((parameter) -> parameter.getType() == TokenForge.class
					&& (parameter.isAnnotationPresent(Autowired.class)
							|| executable.isAnnotationPresent(Autowired.class)));
	}

}
