package dev.authstarter.servlet.handler;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

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

	/**
	 * Return what the paths of their handlers begin with. Each servlet serves all
	 * handlers of the context.
	 * @param container the servlet container, or {@code null} if there is none
	 * @param configured the configured path, if the container knows no mapping
	 * @return the prefixes, without a slash at their end
	 */
	public Set<String> prefixes(@Nullable ServletContext container, String configured) {
		Set<String> prefixes = (container != null) ? container.getServletRegistrations()
			.values()
			.stream()
			.filter((servlet) -> contain(servlet.getName()))
			.flatMap((servlet) -> servlet.getMappings().stream())
			.map((mapping) -> mapping.endsWith("/*") ? mapping.substring(0, mapping.length() - 2) : "")
			.collect(Collectors.toSet()) : Set.of();
		return prefixes.isEmpty() ? Set.of(configured) : prefixes;
	}

}
