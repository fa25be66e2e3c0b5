package dev.authstarter.access.interception;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/**
 * Fails start-up if a dispatcher of Spring MVC or WebFlux would ask another bean before
 * the one that calls the guards, so that handlers would be called without their rules.
 * For the dispatchers of child contexts, the refresh of the context fails.
 *
 * @param <T> the type of the beans that the dispatcher asks in their order
 */
public final class DispatchOrderCheck<T>
		implements SmartInitializingSingleton, ApplicationListener<ContextRefreshedEvent> {

	private final ListableBeanFactory beans;

	private final Class<T> type;

	private final Class<? extends T> guarded;

	/**
	 * Check the order of beans.
	 * @param beans the beans of the application
	 * @param type the type of the beans that the dispatcher asks
	 * @param guarded the type of the bean that calls the guards
	 */
	public DispatchOrderCheck(ListableBeanFactory beans, Class<T> type, Class<? extends T> guarded) {
		this.beans = beans;
		this.type = type;
		this.guarded = guarded;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check(this.beans);
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		check(event.getApplicationContext());
	}

	/** Sort the beans as the dispatcher does. */
	private void check(ListableBeanFactory beans) {
		Map<String, T> named = BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, this.type, true, false);
		List<T> sorted = new ArrayList<>(named.values());
		AnnotationAwareOrderComparator.sort(sorted);
		T first = sorted.get(0);
		if (!this.guarded.isInstance(first)) {
			String name = named.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() == first)
				.map(Map.Entry::getKey)
				.findFirst()
				.orElseThrow();
			throw new AccessRuleException(
					"Rules of handlers cannot be enforced: the %s '%s' would be asked before the one of auth-starter."
						.formatted(this.type.getSimpleName(), name),
					"Give it a lower precedence than Ordered.HIGHEST_PRECEDENCE.");
		}
	}

}
