package dev.authstarter.access.declaration;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The name of a class for people, the same in every run. What the JVM or a library
 * generates is named anew each time: lambdas, proxies, mocks.
 */
public final class TypeName {

	private static final String[] GENERATED = { "$$", "$MockitoMock$", "$HibernateProxy$", "$ByteBuddy$" };

	private TypeName() {
	}

	public static String of(Class<?> type) {
		if (Proxy.isProxyClass(type)) {
			return Arrays.stream(type.getInterfaces())
				.filter((implemented) -> !implemented.getName().startsWith("org.springframework.aop.")
						&& !implemented.getName().startsWith("org.springframework.core."))
				.map(TypeName::of)
				.collect(Collectors.joining(" & "));
		}
		String name = type.getName();
		for (String mark : GENERATED) {
			int generated = name.indexOf(mark);
			if (generated > 0) {
				name = name.substring(0, generated);
			}
		}
		return name;
	}

}
