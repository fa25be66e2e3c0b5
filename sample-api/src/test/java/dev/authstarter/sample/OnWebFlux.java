package dev.authstarter.sample;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.authstarter.test.AutoConfigureForgedTokens;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Starts the API on WebFlux and Reactor Netty. Its controllers wait for the database, so
 * they run on threads of an executor, to which Reactor propagates the acting clinic:
 * {@code docs/webflux.md}. All tests share one context.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "ISSUER=https://issuer.example/", "spring.main.web-application-type=reactive",
				"spring.webflux.problemdetails.enabled=true", "spring.reactor.context-propagation=auto",
				"server.netty.max-keep-alive-requests=1" })
@AutoConfigureForgedTokens
@Import(OnWebFlux.BlockingHandlers.class)
@interface OnWebFlux {

	/**
	 * Calls handlers that return no publisher on threads that may wait.
	 */
	@TestConfiguration(proxyBeanMethods = false)
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

}
