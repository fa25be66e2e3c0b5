package dev.authstarter.access.interception;

import java.util.Arrays;
import java.util.List;

import net.bytebuddy.ByteBuddy;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Authorization comes before advice that returns results without a call or repeats calls,
 * whatever the order of that advice.
 */
class AuthorizationFirstTests {

	@ParameterizedTest
	@CsvSource({ "org.springframework.cache.jcache.interceptor.Any, true",
			"org.springframework.cache.interceptor.Any, true", "org.springframework.retry.annotation.Any, true",
			"org.springframework.resilience.retry.Any, true", "org.springframework.transaction.interceptor.Any, false",
			"com.example.Any, false" })
	void movesAuthorizationBeforeAdviceThatMayPassItBy(String advice, boolean moved) throws Exception {
		MethodInterceptor other = new ByteBuddy().subclass(Proceeds.class)
			.name(advice)
			.make()
			.load(getClass().getClassLoader())
			.getLoaded()
			.getDeclaredConstructor()
			.newInstance();
		AuthorizationAdvisor authorization = AuthorizationManagerBeforeMethodInterceptor.preAuthorize();
		ProxyFactory proxy = new ProxyFactory((Runnable) () -> {
		});
		proxy.addAdvisor(new DefaultPointcutAdvisor(other));
		proxy.addAdvisor(authorization);
		Advised bean = (Advised) new AuthorizationFirst().postProcessAfterInitialization(proxy.getProxy(), "bean");
		assertThat(Arrays.stream(bean.getAdvisors()).map((advisor) -> advisor.getAdvice() == other).toList())
			.isEqualTo(moved ? List.of(false, true) : List.of(true, false));
	}

	/** Advice that does nothing. */
	public static class Proceeds implements MethodInterceptor {

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return invocation.proceed();
		}

	}

}
