package dev.authstarter.operations.startup;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.concurrent.DelegatingSecurityContextRunnable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The executors that the start-up report names.
 */
@ExtendWith(OutputCaptureExtension.class)
class ExecutorLintTests {

	private static final TaskDecorator DECORATOR = DelegatingSecurityContextRunnable::new;

	static Stream<Arguments> executors() {
		return Stream.of(
				Arguments.of(Bare.class,
						"The executor 'bare' does not propagate the caller to its threads: an @Async method runs there "
								+ "without a caller. Give it the bean 'callerTaskDecorator': "
								+ "executor.setTaskDecorator(callerTaskDecorator)."),
				Arguments.of(Pool.class,
						"The executor 'pool' does not propagate the caller to its threads: an @Async method runs "
								+ "there without a caller. Wrap it: new DelegatingSecurityContextExecutor(executor)."),
				Arguments.of(Configurer.class,
						"The executor of the AsyncConfigurer 'executorLintTests.Configurer' does not propagate the "
								+ "caller"),
				Arguments.of(Ambiguous.class,
						"The executor that Spring creates for @Async, because none of several TaskExecutor beans is "
								+ "the default, does not propagate the caller to its threads. Name one of them "
								+ "'taskExecutor' or " + "make it @Primary."));
	}

	@ParameterizedTest
	@MethodSource("executors")
	void namesExecutorThatLosesTheCaller(Class<?> configuration, String finding) {
		try (ConfigurableApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			assertThat(new ExecutorLint(context.getBeanFactory()).findings()).singleElement()
				.asString()
				.startsWith(finding);
		}
	}

	@ParameterizedTest
	@MethodSource("kept")
	void saysNothingOfOthers(Class<?> configuration) {
		try (ConfigurableApplicationContext context = new AnnotationConfigApplicationContext(configuration)) {
			assertThat(new ExecutorLint(context.getBeanFactory()).findings()).isEmpty();
		}
	}

	static Stream<Class<?>> kept() {
		return Stream.of(Others.class, DecoratedConfigurer.class, NoExecutor.class);
	}

	@Test
	void reportNamesThem(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(TestApi.class, Bare.class)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE, "spring.task.execution.mode=force")
			.run()) {
			assertThat(context.containsBean("applicationTaskExecutor")).isTrue();
		}
		assertThat(output).containsOnlyOnce("does not propagate the caller")
			.contains("warning: The executor 'bare' does not propagate the caller to its threads");
	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class Bare {

		@Bean
		TaskExecutor bare() {
			return new SimpleAsyncTaskExecutor();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pool {

		@Bean
		ExecutorService pool() {
			return Executors.newSingleThreadExecutor();
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class Configurer implements AsyncConfigurer {

		@Override
		public Executor getAsyncExecutor() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.initialize();
			return executor;
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class Ambiguous {

		@Bean
		TaskExecutor one() {
			return new DelegatingTaskExecutor();
		}

		@Bean
		TaskExecutor two() {
			return new DelegatingTaskExecutor();
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class DecoratedConfigurer implements AsyncConfigurer {

		@Override
		public Executor getAsyncExecutor() {
			return new DelegatingTaskExecutor();
		}

	}

	@EnableAsync
	@Configuration(proxyBeanMethods = false)
	static class NoExecutor implements AsyncConfigurer {

		@Override
		public @Nullable Executor getAsyncExecutor() {
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Others {

		@Bean
		TaskExecutor decorated() {
			return new DelegatingTaskExecutor();
		}

		@Bean
		Executor wrapped() {
			return new DelegatingSecurityContextExecutor(new SimpleAsyncTaskExecutor());
		}

		@Bean
		Executor same() {
			return new SyncTaskExecutor();
		}

		@Bean
		Executor closed() {
			return (task) -> {
				throw new RejectedExecutionException("closed");
			};
		}

		@Bean
		Executor never() {
			return (task) -> {
			};
		}

		@Bean
		ThreadPoolTaskScheduler scheduler() {
			return new ThreadPoolTaskScheduler();
		}

		@Bean
		@Lazy
		Executor unused() {
			throw new IllegalStateException("must not be called");
		}

	}

	/** Propagates the caller. */
	static class DelegatingTaskExecutor extends SimpleAsyncTaskExecutor {

		DelegatingTaskExecutor() {
			setTaskDecorator(DECORATOR);
		}

	}

}
