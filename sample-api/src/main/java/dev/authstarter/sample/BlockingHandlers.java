package dev.authstarter.sample;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Calls the controllers on threads of an executor in the profile {@code webflux}, because
 * they wait for the database, which would block the event loop.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.REACTIVE)
class BlockingHandlers implements WebFluxConfigurer {

	private final AsyncTaskExecutor executor;

	BlockingHandlers(AsyncTaskExecutor applicationTaskExecutor) {
		this.executor = applicationTaskExecutor;
	}

	@Override
	public void configureBlockingExecution(BlockingExecutionConfigurer blocking) {
		blocking.setExecutor(this.executor);
	}

}
