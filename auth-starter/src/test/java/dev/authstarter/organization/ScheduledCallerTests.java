package dev.authstarter.organization;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.authstarter.fixture.HttpCalls;
import dev.authstarter.fixture.TestApi;
import dev.authstarter.fixture.TestToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A task that a request gives to a scheduler runs without a caller, since it may run
 * after the token has expired. A task that it gives to an executor runs for its caller.
 */
class ScheduledCallerTests {

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	@ParameterizedTest
	@EnumSource(Threads.class)
	void runsScheduledTasksWithoutCaller(Threads threads) {
		HttpCalls http = start(threads);
		for (Plan plan : Plan.values()) {
			List<Object> runs = runs(http, "/scheduled/" + plan);
			assertThat(runs).as(plan.name()).isNotEmpty().containsOnly("none");
		}
	}

	@ParameterizedTest
	@EnumSource(Threads.class)
	void runsAsyncMethodsForTheCaller(Threads threads) {
		HttpCalls http = start(threads);
		assertThat(runs(http, "/async")).containsExactly("auth0|42");
		assertThat(runs(http, "/scheduled/" + Plan.PERIODIC)).containsOnly("none");
		assertThat(runs(http, "/async")).containsExactly("auth0|42");
	}

	private static List<Object> runs(HttpCalls http, String path) {
		Map<String, Object> answer = HttpCalls.json(http.getWithToken(path, TestToken.validAt(TestApi.NOW).signed()));
		return List.copyOf((List<?>) answer.get("runs"));
	}

	private HttpCalls start(Threads threads) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Api.class, threads.api)
			.properties("server.port=0", "auth-starter.issuer=" + TestToken.ISSUER,
					"auth-starter.audience=" + TestToken.AUDIENCE,
					"spring.threads.virtual.enabled=" + (threads == Threads.VIRTUAL))
			.run();
		this.context = context;
		return new HttpCalls(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/** Which scheduler there is. */
	enum Threads {

		/** Spring Boot's scheduler of a thread pool. */
		PLATFORM(PlatformScheduler.class),

		/**
		 * Spring Boot's scheduler of a thread per task, with virtual ones from Java 21.
		 */
		VIRTUAL(SimpleScheduler.class),

		/** One of the application's own to which it gives our decorator. */
		DECORATED(DecoratedScheduler.class),

		/** Spring Boot's, with a decorator of the application beside ours. */
		TWICE(TwoDecorators.class);

		private final Class<?> api;

		Threads(Class<?> api) {
			this.api = api;
		}

	}

	/** How a task is scheduled; each runs at least twice, unless it is to run once. */
	enum Plan {

		NOW, LATER, PERIODIC, DELAYED, TRIGGERED;

		@Nullable Future<?> schedule(TaskScheduler scheduler, Runnable task) {
			return switch (this) {
				case NOW -> scheduler.schedule(task, Instant.now());
				case LATER -> scheduler.schedule(task, Instant.now().plusMillis(20));
				case PERIODIC -> scheduler.scheduleAtFixedRate(task, Duration.ofMillis(5));
				case DELAYED -> scheduler.scheduleWithFixedDelay(task, Duration.ofMillis(5));
				case TRIGGERED -> scheduler.schedule(task, new PeriodicTrigger(Duration.ofMillis(5)));
			};
		}

		boolean repeats() {
			return this != NOW && this != LATER;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	@Import({ TestApi.class, Scheduling.class })
	static class Api {

		@Bean
		Worker worker() {
			return new Worker();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PlatformScheduler {

		@Bean
		TaskScheduler scheduler(ThreadPoolTaskSchedulerBuilder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SimpleScheduler {

		@Bean
		TaskScheduler scheduler(SimpleAsyncTaskSchedulerBuilder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(PlatformScheduler.class)
	static class TwoDecorators {

		@Bean
		TaskDecorator ownDecorator() {
			return (task) -> task;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DecoratedScheduler {

		@Bean
		TaskScheduler scheduler(TaskDecorator decorator) {
			ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
			scheduler.setTaskDecorator(decorator);
			return scheduler;
		}

	}

	@RestController
	static final class Scheduling {

		private final TaskScheduler scheduler;

		private final Worker worker;

		Scheduling(TaskScheduler scheduler, Worker worker) {
			this.scheduler = scheduler;
			this.worker = worker;
		}

		@GetMapping("/scheduled/{plan}")
		Map<String, Object> schedule(@PathVariable Plan plan) throws InterruptedException {
			BlockingQueue<String> runs = new LinkedBlockingQueue<>();
			Future<?> future = plan.schedule(this.scheduler, () -> runs.add(caller()));
			String first = String.valueOf(runs.poll(20, TimeUnit.SECONDS));
			String second = plan.repeats() ? String.valueOf(runs.poll(20, TimeUnit.SECONDS)) : first;
			if (future != null) {
				future.cancel(false);
			}
			return Map.of("runs", List.of(first, second));
		}

		@GetMapping("/async")
		Map<String, Object> async() {
			return Map.of("runs", List.of(this.worker.work().join()));
		}

	}

	static class Worker {

		@Async
		CompletableFuture<String> work() {
			return CompletableFuture.completedFuture(caller());
		}

	}

	private static String caller() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return (caller != null) ? caller.getName() : "none";
	}

}
