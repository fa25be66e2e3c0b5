package dev.authstarter.access;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Stream;

import dev.authstarter.RequiresRole;
import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import dev.authstarter.fixture.TestTrust;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Post-processors of the application put proxies of their own around beans, for example
 * to measure calls. Such a proxy hides the class of the bean.
 */
class ReplacedBeansTests {

	private static final String[] PROPERTIES = { "auth-starter.issuer=" + TestToken.ISSUER,
			"auth-starter.audience=" + TestToken.AUDIENCE };

	@AfterEach
	void logOut() {
		SecurityContextHolder.clearContext();
	}

	@ParameterizedTest
	@MethodSource("hidden")
	void failsStartWhereRulesAreHiddenFromTheirProxies(Class<?> bean, Class<?> processor) {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues(PROPERTIES)
			.withBean("notes", bean)
			.withBean(processor)
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOf(AccessRuleException.class)
				.hasMessageContainingAll(bean.getName() + " cannot be enforced", "'notes' was replaced"));
	}

	@ParameterizedTest
	@MethodSource("hidden")
	void failsStartOnWebFluxWhereRulesAreHiddenFromTheirProxies(Class<?> bean, Class<?> processor) {
		new ReactiveWebApplicationContextRunner().withUserConfiguration(Application.class)
			.withPropertyValues(PROPERTIES)
			.withBean("notes", bean)
			.withBean(processor)
			.run((started) -> assertThat(started.getStartupFailure()).rootCause()
				.isInstanceOf(AccessRuleException.class)
				.hasMessageContainingAll(bean.getName() + " cannot be enforced", "'notes' was replaced"));
	}

	static Stream<Arguments> hidden() {
		return Stream.of(Ruled.class, Stock.class)
			.flatMap((bean) -> Stream.of(BeforeInstantiation.class, BeforeInitialization.class, BeforeProxies.class)
				.map((processor) -> Arguments.of(bean, processor)));
	}

	@ParameterizedTest
	@MethodSource("enforced")
	void enforcesRulesThatTheProxyKnows(Class<?> bean, Class<?> processor) {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class)
			.withPropertyValues(PROPERTIES)
			.withBean("notes", bean)
			.withBean(processor)
			.run((started) -> {
				Mono<?> read = call(started.getBean("notes"), "SCOPE_other", "ROLE_other");
				assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(read::block);
			});
	}

	static Stream<Arguments> enforced() {
		List<Class<?>> all = List.of(BeforeInstantiation.class, BeforeInitialization.class, BeforeProxies.class,
				AfterProxies.class);
		return Stream.concat(all.stream().map((processor) -> Arguments.of(RuledByInterface.class, processor)), Stream
			.of(Arguments.of(Ruled.class, AfterProxies.class), Arguments.of(Stock.class, AfterProxies.class)));
	}

	@Test
	void startsWithoutABeanThatItsFactoryMethodLeavesOut() {
		new WebApplicationContextRunner().withUserConfiguration(TestApi.class, NoBean.class)
			.withPropertyValues(PROPERTIES)
			.run((started) -> assertThat(started).hasNotFailed());
	}

	private static Mono<?> call(Object bean, String... authorities) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("u", "p", authorities));
		return Mono.defer(() -> (bean instanceof Notes notes) ? notes.read() : ((RuledNotes) bean).read());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
	@Import(TestTrust.class)
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoBean {

		@Bean
		@Nullable Ruled notes() {
			return null;
		}

	}

	interface Notes {

		Mono<String> read();

	}

	interface RuledNotes {

		@RequiresRole("owner")
		Mono<String> read();

	}

	static class Ruled implements Notes {

		@Override
		@RequiresRole("owner")
		public Mono<String> read() {
			return Mono.just("read");
		}

	}

	static class Stock implements Notes {

		@Override
		@PreAuthorize("hasRole('owner')")
		public Mono<String> read() {
			return Mono.just("read");
		}

	}

	static class RuledByInterface implements RuledNotes {

		@Override
		public Mono<String> read() {
			return Mono.just("read");
		}

	}

	private static Object measured(Object bean) {
		return (bean instanceof Notes || bean instanceof RuledNotes)
				? Proxy.newProxyInstance(ReplacedBeansTests.class.getClassLoader(),
						new Class<?>[] { (bean instanceof Notes) ? Notes.class : RuledNotes.class },
						(proxy, method, arguments) -> {
							try {
								return method.invoke(bean, arguments);
							}
							catch (InvocationTargetException ex) {
								throw ex.getTargetException();
							}
						})
				: bean;
	}

	static class BeforeInstantiation implements InstantiationAwareBeanPostProcessor {

		@Override
		public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
			return name.equals("notes") ? measured(BeanUtils.instantiateClass(type)) : null;
		}

	}

	static class BeforeInitialization implements BeanPostProcessor {

		@Override
		public Object postProcessBeforeInitialization(Object bean, String name) {
			return measured(bean);
		}

	}

	static class BeforeProxies implements BeanPostProcessor, PriorityOrdered {

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return measured(bean);
		}

	}

	static class AfterProxies implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			return measured(bean);
		}

	}

}
