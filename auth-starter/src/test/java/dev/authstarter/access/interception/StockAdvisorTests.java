package dev.authstarter.access.interception;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.access.declaration.FrameworkTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.security.access.annotation.Secured;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizationManagerAfterMethodInterceptor;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.authorization.method.AuthorizeReturnObjectMethodInterceptor;
import org.springframework.security.authorization.method.PostFilterAuthorizationMethodInterceptor;
import org.springframework.security.authorization.method.PreFilterAuthorizationMethodInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The advisors match the same methods as Spring Security's own, and inspect no other
 * class.
 */
class StockAdvisorTests {

	private static final List<AuthorizationAdvisor> INTERCEPTORS = List.of(
			new PreFilterAuthorizationMethodInterceptor(), AuthorizationManagerBeforeMethodInterceptor.preAuthorize(),
			AuthorizationManagerBeforeMethodInterceptor.secured(), AuthorizationManagerBeforeMethodInterceptor.jsr250(),
			AuthorizationManagerAfterMethodInterceptor.postAuthorize(), new PostFilterAuthorizationMethodInterceptor(),
			new AuthorizeReturnObjectMethodInterceptor());

	private static final FrameworkTypes FRAMEWORK = new FrameworkTypes(List.of());

	static Stream<Class<?>> types() {
		Stream<Class<?>> examples = Stream.of(MethodSecurityExamples.class.getDeclaredClasses());
		return Stream.concat(examples, Stream.of(OfHiddenClass.class, Lambda.of().getClass(), proxy(), Object.class,
				Inherits.class, MethodSecurityExamples.Ledger[].class, new MethodSecurityExamples.Admins() {
				}.getClass()));
	}

	private static Class<?> proxy() {
		return Proxy
			.newProxyInstance(StockAdvisorTests.class.getClassLoader(),
					new Class<?>[] { MethodSecurityExamples.Ledger.class }, (proxy, method, arguments) -> null)
			.getClass();
	}

	@ParameterizedTest
	@MethodSource("types")
	void appliesWhereSpringSecurityDoes(Class<?> type) {
		for (AuthorizationAdvisor interceptor : INTERCEPTORS) {
			assertThat(AopUtils.canApply(new StockAdvisor(interceptor, FRAMEWORK), type)).as(interceptor.toString())
				.isEqualTo(AopUtils.canApply(interceptor, type));
		}
	}

	@Test
	void keepsAdviceAndOrder() {
		for (AuthorizationAdvisor interceptor : INTERCEPTORS) {
			StockAdvisor advisor = new StockAdvisor(interceptor, FRAMEWORK);
			assertThat(advisor.getAdvice()).isSameAs(interceptor.getAdvice());
			assertThat(advisor.getOrder()).isEqualTo(interceptor.getOrder());
		}
	}

	@Test
	void looksAtNoMethodOfClassesWithoutAnnotations() {
		for (AuthorizationAdvisor interceptor : INTERCEPTORS) {
			assertThat(interceptor.getPointcut().getClassFilter().matches(StockAdvisorTests.class)).isTrue();
			assertThat(new StockAdvisor(interceptor, FRAMEWORK).getPointcut()
				.getClassFilter()
				.matches(StockAdvisorTests.class)).isFalse();
		}
	}

	static class Hidden {

		@Secured("ROLE_ADMIN")
		public String read() {
			return "read";
		}

	}

	/** A compiler adds a bridge. */
	public static class OfHiddenClass extends Hidden {

	}

	static class Inherits extends MethodSecurityExamples.Cellar {

	}

	/**
	 * A function.
	 */
	interface Lambda {

		@Secured("ROLE_ADMIN")
		String read();

		static Lambda of() {
			return () -> "read";
		}

	}

}
