package dev.authstarter.test.coverage;

import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.MappedInterceptor;

/**
 * Auto-configuration that records the requests of tests of servlet applications while
 * coverage is counted.
 */
@AutoConfiguration(afterName = "dev.authstarter.servlet.WebAutoConfiguration")
@ConditionalOnWebApplication(type = Type.SERVLET)
@Conditional(WhileCounting.class)
final class CoverageAutoConfiguration {

	/** Before the security filter chain, which refuses most requests. */
	@Bean
	FilterRegistrationBean<TriesFilter> triesFilter(ObjectProvider<HandlerInventory> inventory) {
		FilterRegistrationBean<TriesFilter> registration = new FilterRegistrationBean<>(
				new TriesFilter(new HandlerTries(inventory, Tries.ofThisJvm())));
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/** After the guards, because it is created after them. */
	@Bean
	MappedInterceptor reachedHandlers() {
		return new MappedInterceptor(null, new ReachedHandler());
	}

	@Bean
	KnownHandlers knownHandlers(ObjectProvider<HandlerInventory> inventory) {
		return new KnownHandlers(inventory, Tries.ofThisJvm());
	}

}
