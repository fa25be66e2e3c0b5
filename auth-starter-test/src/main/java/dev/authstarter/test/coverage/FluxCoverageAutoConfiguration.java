package dev.authstarter.test.coverage;

import java.util.List;

import dev.authstarter.access.inventory.HandlerInventory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Auto-configuration that records the requests of tests of WebFlux applications while
 * coverage is counted.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnClass(HandlerAdapter.class)
@Conditional(WhileCounting.class)
final class FluxCoverageAutoConfiguration {

	@Bean
	TriesWebFilter triesWebFilter(ObjectProvider<HandlerInventory> inventory) {
		return new TriesWebFilter(new HandlerTries(inventory, Tries.ofThisJvm()));
	}

	@Bean
	ReachedHandlerAdapter reachedHandlerAdapter(ApplicationContext context) {
		return new ReachedHandlerAdapter(() -> adapters(context));
	}

	private static List<HandlerAdapter> adapters(ApplicationContext context) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false)
			.values()
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
	}

	@Bean
	KnownHandlers knownHandlers(ObjectProvider<HandlerInventory> inventory) {
		return new KnownHandlers(inventory, Tries.ofThisJvm());
	}

}
