package dev.authstarter.servlet.chain;

import dev.authstarter.configuration.AccessRuleException;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Fails start-up if a {@code SecurityContextHolderStrategy} bean differs from the
 * strategy of {@link SecurityContextHolder}. Spring Security's filters would use the
 * bean, while the guards and rules of this library use the holder and would find no
 * caller. A bean.
 *
 * @see <a href=
 * "https://docs.spring.io/spring-security/reference/servlet/authentication/architecture.html">Spring
 * Security: Servlet authentication architecture</a>
 */
public final class ContextStrategyCheck implements SmartInitializingSingleton {

	private final ListableBeanFactory beans;

	/**
	 * Create a check.
	 * @param beans the beans of the application
	 */
	public ContextStrategyCheck(ListableBeanFactory beans) {
		this.beans = beans;
	}

	/**
	 * Compare each strategy bean with the strategy of the holder.
	 * @throws AccessRuleException if a bean is another strategy
	 */
	@Override
	public void afterSingletonsInstantiated() {
		this.beans.getBeansOfType(SecurityContextHolderStrategy.class).forEach((name, strategy) -> {
			if (strategy != SecurityContextHolder.getContextHolderStrategy()) {
				throw new AccessRuleException(
						("The bean '%s' is a SecurityContextHolderStrategy, but SecurityContextHolder uses another "
								+ "one, so callers would be looked up where Spring Security's filters do not store "
								+ "them.")
							.formatted(name),
						"Call SecurityContextHolder.setContextHolderStrategy(strategy) in the method that creates the "
								+ "bean.");
			}
		});
	}

}
