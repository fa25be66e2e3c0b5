package dev.authstarter.servlet.handler;

import java.util.Set;
import java.util.function.Supplier;

import org.springframework.util.function.SingletonSupplier;

/**
 * The servlets of Spring MVC that are beans. {@link GuardInterceptor} calls the guards
 * for their handlers, and {@link GuardFilter} for all other servlets.
 */
public final class DispatcherServlets {

	private final SingletonSupplier<Set<String>> names;

	public DispatcherServlets(Supplier<Set<String>> names) {
		this.names = SingletonSupplier.of(names);
	}

	/**
	 * Return whether a servlet is one of them.
	 * @param servlet its name in the servlet container
	 * @return whether it is
	 */
	public boolean contain(String servlet) {
		return this.names.obtain().contains(servlet);
	}

}
