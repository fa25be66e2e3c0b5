package dev.authstarter.access.interception;

import java.lang.reflect.Method;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.AbstractBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Methods that a proxy cannot intercept, also of library classes.
 */
class ProxyLimitsTests {

	@Test
	void knowsClassesThatOnlyMakeThemselves() {
		assertThat(ProxyLimits.of(JSONObjectUtils.class))
			.isEqualTo("all constructors of the class are private and the bean is proxied by its class");
	}

	@Test
	void knowsMethodsOfOtherPackages() {
		Method local = ReflectionUtils.findMethod(Visible.class, "local");
		assertThat(local).isNotNull();
		assertThat(ProxyLimits.of(local, Visible.class, true)).isNull();
		assertThat(ProxyLimits.of(local, DefaultListableBeanFactory.class, true)).isEqualTo(
				"the method is visible only in the package dev.authstarter.access.interception and the bean is proxied by its class");
		assertThat(ProxyLimits.of(local, DefaultListableBeanFactory.class, false)).isNull();
	}

	@Test
	void asksOnlyProxiesByClass() {
		Method copied = ReflectionUtils.findMethod(AbstractBeanFactory.class, "getBean", String.class);
		assertThat(copied).isNotNull();
		assertThat(ProxyLimits.of(copied, String.class, false)).isNull();
		assertThat(ProxyLimits.of(copied, String.class, true)).startsWith("the class is final");
	}

	static class Visible {

		void local() {
		}

	}

}
