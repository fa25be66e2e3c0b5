package dev.authstarter.access.declaration;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The name of a class for reports, the same in every run. Classes that the JVM or a
 * library generates (lambdas, proxies, mocks) have another name in each run.
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
