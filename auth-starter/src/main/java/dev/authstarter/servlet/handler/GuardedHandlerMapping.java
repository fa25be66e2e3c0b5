package dev.authstarter.servlet.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Asks the other mappings for a handler, in the order of the dispatcher, and adds the
 * guards where a mapping left them out. A mapping need not call the interceptors of
 * Spring MVC: it may implement {@link HandlerMapping} itself, or override the methods of
 * {@link AbstractHandlerMapping} that do.
 */
public final class GuardedHandlerMapping implements HandlerMapping, PriorityOrdered {

	/** By context, because dispatchers may have contexts of their own. */
	private final Map<WebApplicationContext, List<HandlerMapping>> others = new ConcurrentHashMap<>();

	private final GuardInterceptor guards;

	/**
	 * Create a mapping.
	 * @param guards the interceptor that calls the guards
	 */
	public GuardedHandlerMapping(GuardInterceptor guards) {
		this.guards = guards;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	/**
	 * Return nothing outside a dispatcher, where Spring's
	 * {@code HandlerMappingIntrospector} needs the mapping itself.
	 */
	@Override
	public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) throws Exception {
		if (!(request.getAttribute(
				DispatcherServlet.WEB_APPLICATION_CONTEXT_ATTRIBUTE) instanceof WebApplicationContext context)) {
			return null;
		}
		for (HandlerMapping mapping : this.others.computeIfAbsent(context, GuardedHandlerMapping::othersIn)) {
			HandlerExecutionChain chain = mapping.getHandler(request);
			if (chain != null) {
				return guarded(chain);
			}
		}
		return null;
	}

	private static List<HandlerMapping> othersIn(WebApplicationContext context) {
		List<HandlerMapping> mappings = new ArrayList<>(
				BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class, true, false).values());
		mappings.removeIf(GuardedHandlerMapping.class::isInstance);
		AnnotationAwareOrderComparator.sort(mappings);
		return mappings;
	}

	private HandlerExecutionChain guarded(HandlerExecutionChain chain) {
		List<HandlerInterceptor> interceptors = chain.getInterceptorList();
		if (interceptors.stream().anyMatch(GuardInterceptor.class::isInstance)) {
			return chain;
		}
		HandlerExecutionChain guarded = new HandlerExecutionChain(chain.getHandler(), interceptors);
		guarded.addInterceptor(0, this.guards);
		return guarded;
	}

}
