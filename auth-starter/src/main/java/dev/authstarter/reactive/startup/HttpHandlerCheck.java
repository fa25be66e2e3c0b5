package dev.authstarter.reactive.startup;

import java.util.Map;

import dev.authstarter.configuration.AccessRuleException;
import dev.authstarter.reactive.chain.SpringBootBeans;
import dev.authstarter.reactive.context.ActingFilter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.HttpWebHandlerAdapter;
import org.springframework.web.server.handler.FilteringWebHandler;
import org.springframework.web.server.handler.WebHandlerDecorator;

/**
 * Fails start-up if the application serves requests by an {@link HttpHandler} of its own
 * that has none of the context's filters: neither a filter chain nor a rule would be
 * applied to any request.
 */
final class HttpHandlerCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(HttpHandlerCheck.class);

	private final ConfigurableListableBeanFactory beans;

	/**
	 * Check the beans of a context.
	 * @param beans the beans
	 */
	HttpHandlerCheck(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Check them.
	 * @throws AccessRuleException if one of them lacks the context's filters
	 */
	@Override
	public void afterSingletonsInstantiated() {
		for (Map.Entry<String, HttpHandler> bean : this.beans.getBeansOfType(HttpHandler.class, true, false)
			.entrySet()) {
			if (!SpringBootBeans.define(this.beans, bean.getKey())) {
				check(bean.getKey(), bean.getValue());
			}
		}
	}

	private static void check(String name, HttpHandler handler) {
		if (!(handler instanceof HttpWebHandlerAdapter adapter)) {
			logger.warn(
					("The bean '%s' serves all requests, and start-up cannot verify that it applies filter chains and "
							+ "rules: it must delegate to a handler that WebHttpHandlerBuilder.applicationContext(…) "
							+ "builds.")
						.formatted(name));
		}
		else if (!isFiltered(adapter)) {
			throw new AccessRuleException(
					"The bean '%s' serves all requests without the filters of the application: neither a filter chain nor a rule would be applied."
						.formatted(name),
					"Build it with WebHttpHandlerBuilder.applicationContext(context).build(), or remove it and declare "
							+ "the RouterFunction as a bean.");
		}
	}

	private static boolean isFiltered(WebHandler handler) {
		WebHandler inner = handler;
		while (inner instanceof WebHandlerDecorator decorator) {
			if (decorator instanceof FilteringWebHandler filtering) {
				return filtering.getFilters().stream().anyMatch(ActingFilter.class::isInstance);
			}
			inner = decorator.getDelegate();
		}
		return false;
	}

}
