package dev.authstarter.reactive;

import java.util.function.Supplier;

import dev.authstarter.authentication.AccessTokenReader;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

/**
 * Puts the caller into the arguments of controllers, in every adapter, also in those that
 * the application makes: where no resolver provided them, WebFlux would bind them from
 * the request.
 */
final class CallerArgumentsPostProcessor implements BeanPostProcessor {

	private final Supplier<AccessTokenReader> accessTokens;

	/**
	 * Add resolvers.
	 * @param accessTokens reads what was authenticated; called for each adapter
	 */
	CallerArgumentsPostProcessor(Supplier<AccessTokenReader> accessTokens) {
		this.accessTokens = accessTokens;
	}

	/** The adapter reads its configuration when it is initialized. */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof RequestMappingHandlerAdapter adapter) {
			ArgumentResolverConfigurer configurer = adapter.getArgumentResolverConfigurer();
			ArgumentResolverConfigurer extended = (configurer != null) ? configurer : new ArgumentResolverConfigurer();
			extended.addCustomResolver(new CallerArgumentResolver(this.accessTokens.get()));
			adapter.setArgumentResolverConfigurer(extended);
		}
		return bean;
	}

}
