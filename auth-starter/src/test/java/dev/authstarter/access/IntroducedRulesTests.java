package dev.authstarter.access;

import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.DeclareParents;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultIntroductionAdvisor;
import org.springframework.aop.support.DelegatingIntroductionInterceptor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Calls of introduced methods are not intercepted, so rules on an introduced interface
 * stop the start.
 */
class IntroducedRulesTests {

	static Stream<Class<?>> introductions() {
		return Stream.of(ByAspect.class, ByAdvisor.class, OfSpringSecurity.class);
	}

	@ParameterizedTest
	@MethodSource("introductions")
	void stopTheStart(Class<?> introduction) {
		assertThatException().isThrownBy(() -> start(introduction))
			.havingRootCause()
			.isInstanceOf(AccessRuleException.class)
			.withMessageContaining("gets that interface from an introduction");
	}

	@Test
	void interfacesWithoutRulesMayBeIntroduced() {
		assertThatCode(() -> start(WithoutRule.class)).doesNotThrowAnyException();
	}

	private static void start(Class<?> introduction) {
		new SpringApplicationBuilder(TestApi.class, introduction)
			.run("--server.port=0", "--auth-starter.issuer=" + TestToken.ISSUER,
					"--auth-starter.audience=" + TestToken.AUDIENCE)
			.close();
	}

	public static class Plain {

	}

	public interface Audited {

		@RequiresScope("secret")
		String call();

	}

	public static class Audits implements Audited {

		@Override
		public String call() {
			return "called";
		}

	}

	public interface Secured {

		@PreAuthorize("hasAuthority('SCOPE_secret')")
		String call();

	}

	@Import(Plain.class)
	static class ByAspect {

		@Bean
		Introduces introduces() {
			return new Introduces();
		}

	}

	@Aspect
	public static class Introduces {

		@DeclareParents(value = "dev.authstarter.access.IntroducedRulesTests.Plain", defaultImpl = Audits.class)
		public static @Nullable Audited audited;

	}

	static class ByAdvisor {

		@Bean
		Object plain() {
			return introduce(Audited.class, new Audits());
		}

	}

	static class OfSpringSecurity {

		@Bean
		Object plain() {
			return introduce(Secured.class, (Secured) () -> "called");
		}

	}

	static class WithoutRule {

		@Bean
		Object plain() {
			return introduce(Runnable.class, (Runnable) () -> {
			});
		}

	}

	private static Object introduce(Class<?> type, Object implementation) {
		ProxyFactory proxy = new ProxyFactory(new Plain());
		proxy.setProxyTargetClass(true);
		proxy.addAdvisor(new DefaultIntroductionAdvisor(new DelegatingIntroductionInterceptor(implementation), type));
		return proxy.getProxy();
	}

}
