package dev.authstarter.operations;

import java.util.function.Supplier;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Observes the decision of all guards together about a request.
 */
final class ObservedGuards implements AsyncHandlerInterceptor {

	private final AsyncHandlerInterceptor guards;

	private final Supplier<ObservationRegistry> registry;

	ObservedGuards(AsyncHandlerInterceptor guards, Supplier<ObservationRegistry> registry) {
		this.guards = guards;
		this.registry = registry;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			return this.guards.preHandle(request, response, handler);
		}
		try (Observed.Step step = Observed.AUTHORIZE.begin(this.registry.get())) {
			try {
				boolean passed = this.guards.preHandle(request, response, handler);
				if (passed) {
					step.accepted();
				}
				else {
					// ObservedRefusals adds the reason.
					step.refused();
				}
				return passed;
			}
			catch (Exception ex) {
				step.failed(ex);
				throw ex;
			}
		}
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception exception) throws Exception {
		this.guards.afterCompletion(request, response, handler, exception);
	}

	@Override
	public void afterConcurrentHandlingStarted(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		this.guards.afterConcurrentHandlingStarted(request, response, handler);
	}

	/**
	 * Wraps the guards, so that no check is needed on each request whether they are
	 * observed.
	 */
	static final class PostProcessor implements BeanPostProcessor {

		private static final String GUARDS = "handlerGuards";

		private final Supplier<ObservationRegistry> registry;

		PostProcessor(Supplier<ObservationRegistry> registry) {
			this.registry = registry;
		}

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (beanName.equals(GUARDS) && bean instanceof MappedInterceptor mapped
					&& mapped.getInterceptor() instanceof AsyncHandlerInterceptor guards)
							? new MappedInterceptor(null, new ObservedGuards(guards, this.registry)) : bean;
		}

	}

}
