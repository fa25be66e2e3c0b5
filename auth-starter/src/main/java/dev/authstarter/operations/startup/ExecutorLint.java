package dev.authstarter.operations.startup;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.type.MethodMetadata;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.AsyncConfigurer;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.config.TaskManagementConfigUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Finds executors that do not propagate the caller to their threads, so that an
 * {@code @Async} method runs without one. Each executor runs a task that checks this,
 * since decorators, wrappers and context propagation may all propagate the caller.
 */
public final class ExecutorLint implements Lint {

	private static final String FALLBACK = "The executor that Spring creates for @Async, because none of several "
			+ "TaskExecutor beans is the default,";

	private static final Duration PATIENCE = Duration.ofMillis(500);

	private final ConfigurableListableBeanFactory beans;

	public ExecutorLint(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public List<String> findings() {
		Map<String, Executor> executors = new LinkedHashMap<>();
		made(Executor.class).forEach((name, executor) -> {
			if (!(executor instanceof TaskScheduler) && isOfApplication(name)) {
				executors.put("The executor '%s'".formatted(name), executor);
			}
		});
		List<Executor> own = new ArrayList<>();
		if (this.beans.containsBean(TaskManagementConfigUtils.ASYNC_ANNOTATION_PROCESSOR_BEAN_NAME)) {
			addDefault(executors, own);
		}
		List<String> findings = executors.entrySet()
			.stream()
			.filter((entry) -> losesCaller(entry.getValue()))
			.map((entry) -> finding(entry.getKey(), entry.getValue()))
			.toList();
		own.forEach(ExecutorLint::stop);
		return findings;
	}

	/** Return the beans that exist already; lazy beans are not created. */
	private <T> Map<String, T> made(Class<T> type) {
		Map<String, T> made = new LinkedHashMap<>();
		for (String name : this.beans.getBeanNamesForType(type, false, false)) {
			if (this.beans.containsSingleton(name)) {
				made.put(name, this.beans.getBean(name, type));
			}
		}
		return made;
	}

	/**
	 * Whether the application defines it; executors of libraries do not run tasks of
	 * callers.
	 */
	private boolean isOfApplication(String name) {
		if (!this.beans.containsBeanDefinition(name)) {
			return true;
		}
		BeanDefinition definition = this.beans.getMergedBeanDefinition(name);
		MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		String declared = (method != null) ? method.getDeclaringClassName() : definition.getBeanClassName();
		return declared == null || !declared.startsWith("org.springframework.")
				|| definition.getFactoryMethodName() == null;
	}

	private void addDefault(Map<String, Executor> executors, List<Executor> own) {
		Map<String, AsyncConfigurer> configurers = made(AsyncConfigurer.class);
		configurers.forEach((name, configurer) -> {
			Executor executor = configurer.getAsyncExecutor();
			if (executor != null && isOfApplication(name) && !executors.containsValue(executor)) {
				executors.put("The executor of the AsyncConfigurer '%s'".formatted(name), executor);
				if (executor != configurer.getAsyncExecutor()) {
					own.add(executor);
				}
			}
		});
		if (configurers.isEmpty()) {
			Executor executor = new DefaultExecutor().find(this.beans);
			if (executor != null && !executors.containsValue(executor)
					&& !made(Executor.class).containsValue(executor)) {
				executors.put(FALLBACK, executor);
			}
		}
	}

	/**
	 * Shut down an executor that a configurer creates at each call: another one is used
	 * later.
	 */
	private static void stop(Executor executor) {
		if (executor instanceof ExecutorConfigurationSupport pool) {
			pool.shutdown();
		}
		else if (executor instanceof ExecutorService service) {
			service.shutdown();
		}
	}

	private static boolean losesCaller(Executor executor) {
		SecurityContext outer = SecurityContextHolder.getContext();
		SecurityContext marked = SecurityContextHolder.createEmptyContext();
		AtomicBoolean lost = new AtomicBoolean();
		CountDownLatch done = new CountDownLatch(1);
		SecurityContextHolder.setContext(marked);
		try {
			executor.execute(() -> {
				lost.set(SecurityContextHolder.getContext() != marked);
				done.countDown();
			});
			return done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) && lost.get();
		}
		catch (RuntimeException ex) {
			// It accepts no tasks yet, no tasks any more, or not this task.
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			SecurityContextHolder.setContext(outer);
		}
	}

	private static String finding(String executor, Executor found) {
		if (executor.equals(FALLBACK)) {
			return executor
					+ " does not propagate the caller to its threads. Name one of them 'taskExecutor' or make it "
					+ "@Primary.";
		}
		boolean decorates = found instanceof ThreadPoolTaskExecutor || found instanceof SimpleAsyncTaskExecutor;
		return "%s does not propagate the caller to its threads: an @Async method runs there without a caller. %s"
			.formatted(executor,
					decorates
							? "Give it the bean 'callerTaskDecorator': executor.setTaskDecorator(callerTaskDecorator)."
							: "Wrap it: new DelegatingSecurityContextExecutor(executor).");
	}

	/**
	 * Finds the executor as Spring does at the first call of an {@code @Async} method.
	 */
	@SuppressWarnings("serial")
	private static final class DefaultExecutor extends AsyncExecutionInterceptor {

		DefaultExecutor() {
			super(null);
		}

		@Nullable Executor find(BeanFactory beans) {
			return getDefaultExecutor(beans);
		}

	}

}
