package dev.authstarter.reactive.argument;

import java.util.function.Supplier;

import dev.authstarter.authentication.AccessTokenReader;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

/**
 * Adds the argument resolver for the caller to every adapter, including those of the
 * application. Without a resolver, WebFlux would bind such arguments from the request.
 */
public final class CallerArgumentsPostProcessor implements BeanPostProcessor {

	private final Supplier<AccessTokenReader> accessTokens;

	/**
	 * Add resolvers.
	 * @param accessTokens supplies the reader of access tokens; called for each adapter
	 */
	public CallerArgumentsPostProcessor(Supplier<AccessTokenReader> accessTokens) {
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
