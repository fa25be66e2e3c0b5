package dev.authstarter.access.interception;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Recognizes the beans by which a test replaced real ones; a rule has nothing to protect
 * there. The TestContext framework registers them as finished objects before other beans
 * are created. Mocks of Mockito are recognized in all cases. Spies of classes call the
 * real object, so their rules are enforced; a spy of a proxy, for example of a
 * repository, is a mock.
 */
public final class TestDoubles implements BeanFactoryPostProcessor {

	/** Present only if a test overrides beans. */
	private static final String OVERRIDES = "org.springframework.test.context.bean.override.internalBeanOverrideRegistry";

	/** By name, because Mockito is only present in tests. */
	private static final @Nullable Method MOCKING_DETAILS = mockingDetails();

	private final Set<String> replaced = new HashSet<>();

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		if (beans.containsSingleton(OVERRIDES)) {
			for (String name : beans.getBeanDefinitionNames()) {
				if (beans.containsSingleton(name)) {
					this.replaced.add(name);
				}
			}
		}
	}

	/** Whether a test replaced the bean of this name. */
	boolean replace(String name) {
		return this.replaced.contains(name);
	}

	static boolean isMock(Object object) {
		if (MOCKING_DETAILS == null) {
			return false;
		}
		Object details = ReflectionUtils.invokeMethod(MOCKING_DETAILS, null, object);
		return details != null && is(details, "isMock") && !is(details, "isSpy");
	}

	private static boolean is(Object details, String question) {
		Method method = ReflectionUtils.findMethod(details.getClass(), question);
		return method != null && Boolean.TRUE.equals(ReflectionUtils.invokeMethod(method, details));
	}

	private static @Nullable Method mockingDetails() {
		try {
			Class<?> mockito = ClassUtils.forName("org.mockito.Mockito", TestDoubles.class.getClassLoader());
			return ClassUtils.getMethodIfAvailable(mockito, "mockingDetails", Object.class);
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return null;
		}
	}

}
