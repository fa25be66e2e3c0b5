package dev.authstarter.access;

import java.util.function.Supplier;

import dev.authstarter.AccessRuleException;
import dev.authstarter.RequiresScope;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Rules of beans are enforced, or the application does not start.
 */
class RuleEnforcementTests {

	private final WebApplicationContextRunner context = new WebApplicationContextRunner()
		.withUserConfiguration(TestApi.class)
		.withPropertyValues("auth-starter.issuer=" + TestToken.ISSUER, "auth-starter.audience=" + TestToken.AUDIENCE);

	@Test
	void interceptsServices() {
		this.context.withBean(Service.class).run((started) -> {
			Service service = started.getBean(Service.class);
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::read);
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::packagePrivate);
			assertThat(service.open()).isEqualTo("open");
		});
	}

	@Test
	void interceptsBehindInterfaces() {
		this.context.withBean("reading", Reading.class, Implementation::new)
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> started.getBean(Reading.class).read()));
	}

	@Test
	void interceptsWithAopOff() {
		this.context.withBean(Service.class)
			.withPropertyValues("spring.aop.auto=false")
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> started.getBean(Service.class).read()));
		this.context.withBean("reading", Reading.class, Implementation::new)
			.withPropertyValues("spring.aop.proxy-target-class=false")
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> started.getBean(Reading.class).read()));
	}

	@Test
	void interceptsLazyBeans() {
		this.context.withBean(Service.class)
			.withPropertyValues("spring.main.lazy-initialization=true")
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> started.getBean(Service.class).read()));
	}

	@Test
	void enablesStockAnnotations() {
		this.context.withBean(Stock.class)
			.run((started) -> assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
				.isThrownBy(() -> started.getBean(Stock.class).read()));
	}

	@Test
	void toleratesAnApplicationThatEnablesThemAgain() {
		this.context.withUserConfiguration(EnablesThemAgain.class)
			.withBean(Stock.class)
			.withBean(Service.class)
			.run((started) -> {
				assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
					.isThrownBy(() -> started.getBean(Stock.class).read());
				assertThatExceptionOfType(AccessDeniedException.class)
					.isThrownBy(() -> started.getBean(Service.class).read());
			});
	}

	@Test
	void refusesPrivateMethod() {
		fails(PrivateMethod.class, "PrivateMethod#read cannot be enforced: the method is private");
	}

	@Test
	void refusesStaticMethod() {
		fails(StaticMethod.class, "StaticMethod#read cannot be enforced: the method is static");
	}

	@Test
	void refusesFinalMethodOfProxiedBean() {
		fails(FinalMethod.class, "FinalMethod#read cannot be enforced: the method is final");
	}

	@Test
	void refusesFinalMethodUnderRuleOfItsType() {
		fails(FinalUnderType.class, "FinalUnderType#read cannot be enforced: the method is final");
	}

	@Test
	void refusesContradictingDeclarations() {
		fails(DeclaredRulesTests.Torn.class, "Torn#read inherits two different @RequiresScope");
	}

	@Test
	void refusesBeanMadeOutsideOfTheContext() {
		this.context.withInitializer((started) -> started.getBeanFactory().registerSingleton("stranger", new Service()))
			.run((started) -> assertFailed(started, Service.class.getName(), "'stranger' has no proxy"));
	}

	@Test
	void refusesBeanThatExistsBeforeMethodSecurity() {
		this.context.withUserConfiguration(EarlyBird.class)
			.run((started) -> assertFailed(started, "before method security was ready"));
	}

	@Test
	void leavesPrivateAndStaticMethodsUnderRuleOfTheirTypeAlone() {
		this.context.withBean(TypedWithInternals.class).run((started) -> assertThat(started).hasNotFailed());
	}

	private void fails(Class<?> type, String message) {
		this.context.withInitializer((started) -> ((GenericApplicationContext) started).registerBean(type))
			.run((started) -> assertFailed(started, message));
	}

	private static void assertFailed(AssertableWebApplicationContext started, String... message) {
		Throwable failure = started.getStartupFailure();
		assertThat(failure).isNotNull();
		assertThat(NestedExceptionUtils.getMostSpecificCause(failure)).isInstanceOf(AccessRuleException.class)
			.hasMessageContainingAll(message);
	}

	static class Service {

		@RequiresScope("read")
		public String read() {
			return "secret";
		}

		@RequiresScope("read")
		String packagePrivate() {
			return "secret";
		}

		public String open() {
			return "open";
		}

	}

	interface Reading {

		@RequiresScope("read")
		String read();

	}

	static class Implementation implements Reading {

		@Override
		public String read() {
			return "secret";
		}

	}

	static class Stock {

		@PreAuthorize("hasAuthority('SCOPE_read')")
		public String read() {
			return "secret";
		}

	}

	@EnableMethodSecurity(securedEnabled = true)
	static class EnablesThemAgain {

	}

	static class PrivateMethod {

		@RequiresScope("read")
		private String read() {
			return "secret";
		}

		Supplier<String> reader() {
			return this::read;
		}

	}

	static class StaticMethod {

		@RequiresScope("read")
		static String read() {
			return "secret";
		}

	}

	static class FinalMethod {

		@RequiresScope("read")
		public final String read() {
			return "secret";
		}

	}

	@RequiresScope("read")
	static class FinalUnderType {

		public final String read() {
			return "secret";
		}

		public String other() {
			return "secret";
		}

	}

	@RequiresScope("read")
	static class TypedWithInternals {

		public String read() {
			return internal() + shared();
		}

		private String internal() {
			return "secret";
		}

		static String shared() {
			return "shared";
		}

	}

	static class EarlyBird {

		@Bean
		static Service service() {
			return new Service();
		}

		@Bean
		static Needy needsService(Service service) {
			return new Needy(service);
		}

	}

	/**
	 * Is made before the proxies are, and all that it needs with it.
	 */
	record Needy(Service service) implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return 0;
		}

	}

}
