package dev.authstarter.servlet.chain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.BeanIds;
import org.springframework.security.config.Customizer;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.context.WebApplicationContext;

/**
 * The filter chains in force, in the order in which they are matched. The first chain
 * that matches a request handles it. A bean.
 */
public final class SecurityChains {

	private final ApplicationContext context;

	private final @Nullable ApiChain own;

	/** Prefix of all paths that Spring MVC serves, empty for none. */
	private final String servletPath;

	private final SingletonSupplier<List<SecurityChain>> chains = SingletonSupplier.of(this::read);

	private final SingletonSupplier<Boolean> customized = SingletonSupplier.of(this::isCustomized);

	/**
	 * Create a list of chains, which is read when it is first used.
	 * @param context the context of the application
	 * @param own the chain of this library, or {@code null} if it is switched off
	 * @param servletPath the path of Spring MVC's servlet
	 */
	public SecurityChains(ApplicationContext context, @Nullable ApiChain own, String servletPath) {
		this.context = context;
		this.own = own;
		this.servletPath = servletPath.endsWith("/") ? servletPath.substring(0, servletPath.length() - 1) : servletPath;
	}

	/**
	 * Return all chains.
	 * @return the chains, in the order in which they are matched; empty if there is no
	 * {@code FilterChainProxy}
	 */
	public List<SecurityChain> inForce() {
		return this.chains.obtain();
	}

	/**
	 * Find the chains that may handle a request for a handler. There can be several if a
	 * chain matches by more than method and path.
	 * @param method the HTTP method
	 * @param pattern the path pattern of the handler
	 * @return the chains in their order, empty if none matches
	 */
	public List<SecurityChain> taking(String method, String pattern) {
		String path = path(pattern);
		List<SecurityChain> taking = new ArrayList<>();
		for (SecurityChain chain : inForce()) {
			SecurityChain.Taking takes = chain.takes(method, path);
			if (takes != SecurityChain.Taking.NEVER) {
				taking.add(chain);
			}
			if (takes == SecurityChain.Taking.ALWAYS) {
				break;
			}
		}
		return Collections.unmodifiableList(taking);
	}

	/**
	 * Return whether the rules of a chain admit anonymous callers to a handler. A chain
	 * without rules admits all callers.
	 * @param chain one of the chains
	 * @param method the HTTP method
	 * @param pattern the path pattern of the handler
	 * @return whether they do; {@code false} if the rules cannot be evaluated without a
	 * real request
	 */
	public boolean admitAnonymous(SecurityChain chain, String method, String pattern) {
		// Without a customizer, the chain of this library has only its own rules, which
		// need no evaluation.
		return (!chain.isOwn() || this.customized.obtain()) && chain.admitsAnonymous(method, path(pattern));
	}

	private boolean isCustomized() {
		return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.context, Customizer.class).length > 0;
	}

	private String path(String pattern) {
		return this.servletPath + SamplePath.of(pattern);
	}

	private List<SecurityChain> read() {
		if (!this.context.containsBean(BeanIds.SPRING_SECURITY_FILTER_CHAIN)
				|| !(this.context.getBean(BeanIds.SPRING_SECURITY_FILTER_CHAIN) instanceof FilterChainProxy proxy)) {
			return List.of();
		}
		IdentityHashMap<SecurityFilterChain, String> names = new IdentityHashMap<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, SecurityFilterChain.class)
			.forEach((name, chain) -> names.put(chain, name));
		ServletContext servlets = (this.context instanceof WebApplicationContext web) ? web.getServletContext() : null;
		List<SecurityChain> chains = new ArrayList<>();
		for (SecurityFilterChain chain : proxy.getFilterChains()) {
			boolean ours = this.own != null && this.own.is(chain);
			chains.add(new SecurityChain(ours ? ApiChain.NAME : names.get(chain), chain, ours, servlets));
		}
		return Collections.unmodifiableList(chains);
	}

}
