package dev.authstarter.access;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.authstarter.RequiresScope;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
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
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Start-up fails if the rule of a bean cannot be enforced.
 */
class RuleEnforcementTests {

	private static final List<Consumer<BeanDefinition>> WAYS_TO_BE_MADE = List.of((definition) -> {
	}, (definition) -> definition.setLazyInit(true),
			(definition) -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE));

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
	void letsTheContainerStartAndStopWhatCallersMayNot() {
		this.context.withBean(OddBeans.StartedAndStopped.class).run((started) -> {
			assertThat(started).hasNotFailed();
			OddBeans.StartedAndStopped bean = started.getBean(OddBeans.StartedAndStopped.class);
			SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("caller", "", "any"));
			try {
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(bean::stop);
			}
			finally {
				SecurityContextHolder.clearContext();
			}
		});
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

	static Stream<Arguments> typesWithoutSubclasses() {
		return Stream
			.of(GuardedBeans.finalClasses().values().stream().map((type) -> Arguments.of(type, "the class is final")),
					GuardedBeans.records().values().stream().map((type) -> Arguments.of(type, "the class is a record")),
					Stream.of(Arguments.of(OddBeans.Sealed.class, "the class is sealed")))
			.flatMap((types) -> types);
	}

	@ParameterizedTest
	@MethodSource("typesWithoutSubclasses")
	void refusesTypesThatCannotBeProxied(Class<?> type, String message) {
		String sentence = type.getName() + "#read cannot be enforced: " + message
				+ " and the bean is proxied by its class.";
		for (Consumer<BeanDefinition> change : WAYS_TO_BE_MADE) {
			fails((started) -> {
				started.registerBean("guarded", type);
				change.accept(started.getBeanDefinition("guarded"));
			}, sentence);
		}
		fails((started) -> started.registerBean(Object.class, () -> BeanUtils.instantiateClass(type)), sentence);
	}

	@ParameterizedTest
	@MethodSource("typesWithMethodsThatAreNotIntercepted")
	void refusesMethodsThatAreNotInterceptedOfBeansThatAreNotMadeYet(Class<?> type, String message) {
		for (Consumer<BeanDefinition> change : WAYS_TO_BE_MADE) {
			fails((started) -> {
				started.registerBean("guarded", type);
				change.accept(started.getBeanDefinition("guarded"));
			}, message);
		}
	}

	static Stream<Arguments> typesWithMethodsThatAreNotIntercepted() {
		return Stream.of(
				Arguments.of(PrivateMethod.class, "PrivateMethod#read cannot be enforced: the method is private"),
				Arguments.of(StaticMethod.class, "StaticMethod#read cannot be enforced: the method is static"),
				Arguments.of(FinalMethod.class, "FinalMethod#read cannot be enforced: the method is final"),
				Arguments.of(FinalUnderType.class, "FinalUnderType#read cannot be enforced: the method is final"),
				Arguments.of(OddBeans.BeanMethod.class, "BeanMethod#product cannot be enforced: it is a bean method"),
				Arguments.of(OddBeans.BeanMethodUnderType.class, "#product cannot be enforced: it is a bean method"),
				Arguments.of(OddBeans.Router.class, "Router cannot be enforced: Spring asks a router"),
				Arguments.of(OddBeans.StockRouter.class, "StockRouter cannot be enforced: Spring asks a router"),
				Arguments.of(OddBeans.ReactiveRouter.class, "ReactiveRouter cannot be enforced: Spring asks a router"),
				Arguments.of(OddBeans.StockPrivate.class,
						"StockPrivate#read cannot be enforced: the method is private"),
				Arguments.of(OddBeans.StockFinal.class, "StockFinal#read cannot be enforced: the method is final"),
				Arguments.of(OddBeans.StockInherits.class,
						"StockInherits cannot be enforced for " + OddBeans.Silent.class.getName() + "#read"));
	}

	@Test
	void refusesRuleBehindForeignProxy() {
		fails((started) -> started.registerBean("foreign", OddBeans.Speaking.class,
				() -> foreignProxy(new OddBeans.Speaker())),
				"The rules of " + OddBeans.Speaker.class.getName()
						+ " cannot be enforced: the bean 'foreign' has no proxy");
		fails((started) -> started.registerBean("foreign", OddBeans.Speaking.class,
				() -> foreignProxy(new OddBeans.StockSpeaker())),
				"The security annotations of " + OddBeans.StockSpeaker.class.getName() + " cannot be enforced");
	}

	private static OddBeans.Speaking foreignProxy(OddBeans.Speaking target) {
		ProxyFactory proxy = new ProxyFactory(target);
		proxy.setInterfaces(OddBeans.Speaking.class);
		return (OddBeans.Speaking) proxy.getProxy();
	}

	@Test
	void refusesAspects() {
		fails((started) -> started.registerBean("advice", OddBeans.GuardedAdvice.class),
				"the bean 'advice' has no proxy");
		this.context.withInitializer((started) -> {
			((GenericApplicationContext) started).registerBean("advice", OddBeans.GuardedAdvice.class);
			started.getBeanFactory().getBeanDefinition("advice").setScope(BeanDefinition.SCOPE_PROTOTYPE);
		})
			.run((started) -> assertThatThrownBy(() -> started.getBean("advice"))
				.hasRootCauseInstanceOf(AccessRuleException.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { OddBeans.CalledByTheContainer.class, OddBeans.Spoken.class })
	void startsWhereEveryRuleIsEnforced(Class<?> type) {
		this.context.withBean(type).run((started) -> assertThat(started).hasNotFailed());
	}

	@Test
	void startsWithOverloadsThatKotlinCompilesForDefaultArguments() {
		this.context.withBean("overloaded", GuardedBeans.overloadedByKotlin()).run((started) -> {
			GuardedBeans.Reads bean = started.getBean("overloaded", GuardedBeans.Reads.class);
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(bean::read);
		});
	}

	/** What others put around a guarded bean does not take its guard away. */
	@Test
	void startsWithForeignWrappersAroundGuardedBeans() {
		this.context.withUserConfiguration(WrapsSpeakers.class)
			.withBean("speaker", OddBeans.Speaker.class)
			.run((started) -> {
				OddBeans.Speaking speaker = started.getBean(OddBeans.Speaking.class);
				assertThat(speaker.getClass()).isEqualTo(Wrapper.class);
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(speaker::speak);
			});
	}

	@Test
	void startsWithBeansThatNeedEachOther() {
		this.context.withUserConfiguration(Chicken.class, Egg.class)
			.withAllowCircularReferences(true)
			.run((started) -> assertThatExceptionOfType(AccessDeniedException.class)
				.isThrownBy(() -> started.getBean(Chicken.class).lay()));
	}

	@Test
	void refusesContradictingDeclarations() {
		fails(Torn.class, "Torn#read inherits two different @RequiresScope");
	}

	@Test
	void refusesBeanMadeOutsideOfTheContext() {
		this.context
			.withInitializer((started) -> started.getBeanFactory().registerSingleton("unproxied", new Service()))
			.run((started) -> assertFailed(started, Service.class.getName(), "'unproxied' has no proxy"));
	}

	/**
	 * A compiler adds bridges for public methods of a superclass that is not public.
	 */
	@ParameterizedTest
	@ValueSource(classes = { OddBeans.Seen.class, OddBeans.SeenStock.class })
	void refusesOutsiderWhoseSuperclassIsHidden(Class<?> type) {
		Object outsider = BeanUtils.instantiateClass(type);
		this.context.withInitializer((started) -> started.getBeanFactory().registerSingleton("unproxied", outsider))
			.run((started) -> assertFailed(started, type.getName(), "'unproxied' has no proxy"));
	}

	@Test
	void refusesBeanThatExistsBeforeMethodSecurity() {
		this.context.withUserConfiguration(EarlyBird.class)
			.run((started) -> assertFailed(started, "before method security was initialized"));
	}

	@Test
	void leavesPrivateAndStaticMethodsUnderRuleOfTheirTypeAlone() {
		this.context.withBean(TypedWithInternals.class).run((started) -> assertThat(started).hasNotFailed());
	}

	private void fails(Class<?> type, String message) {
		fails((started) -> started.registerBean(type), message);
	}

	private void fails(Consumer<GenericApplicationContext> register, String message) {
		this.context.withInitializer((started) -> register.accept((GenericApplicationContext) started))
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

	static class WrapsSpeakers {

		@Bean
		static BeanPostProcessor wraps() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof OddBeans.Speaking speaking) ? new Wrapper(speaking) : bean;
				}
			};
		}

	}

	record Wrapper(OddBeans.Speaking speaking) implements OddBeans.Speaking {

		@Override
		public String speak() {
			return this.speaking.speak();
		}

	}

	static class Chicken {

		@Autowired
		@SuppressWarnings("unused")
		private @Nullable Egg egg;

		@RequiresScope("lay")
		public void lay() {
		}

	}

	static class Egg {

		@Autowired
		@SuppressWarnings("unused")
		private @Nullable Chicken chicken;

	}

	interface First {

		@RequiresScope("first")
		void read();

	}

	interface Second {

		@RequiresScope("second")
		void read();

	}

	static class Torn implements First, Second {

		@Override
		public void read() {
		}

	}

}
