package dev.authstarter.reactive.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.reactive.HandlerAdapter;

/**
 * Fails start-up if WebFlux would call another adapter before the one that calls the
 * guards, so that handlers would be called without their rules.
 */
public final class AdapterOrderCheck implements SmartInitializingSingleton {

	private final ListableBeanFactory beans;

	/**
	 * Check the order of the adapters.
	 * @param beans the beans of the application
	 */
	public AdapterOrderCheck(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/** Sort the adapters as the dispatcher of WebFlux does. */
	@Override
	public void afterSingletonsInstantiated() {
		Map<String, HandlerAdapter> adapters = BeanFactoryUtils.beansOfTypeIncludingAncestors(this.beans,
				HandlerAdapter.class, true, false);
		List<HandlerAdapter> sorted = new ArrayList<>(adapters.values());
		AnnotationAwareOrderComparator.sort(sorted);
		HandlerAdapter first = sorted.get(0);
		if (!(first instanceof GuardedHandlerAdapter)) {
			String name = adapters.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() == first)
				.map(Map.Entry::getKey)
				.findFirst()
				.orElseThrow();
			throw new AccessRuleException(
					"Rules of handlers cannot be enforced: WebFlux would call the HandlerAdapter '%s' before the one of auth-starter."
						.formatted(name),
					"Give it a lower precedence than Ordered.HIGHEST_PRECEDENCE.");
		}
	}

}
