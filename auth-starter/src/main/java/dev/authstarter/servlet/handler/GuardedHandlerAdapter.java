package dev.authstarter.servlet.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationContextEvent;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.servlet.HandlerAdapter;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Calls the guards for handlers whose mapping left out their interceptor. A mapping need
 * not call the interceptors of Spring MVC: it may implement {@link HandlerMapping}
 * itself, or override the methods of {@link AbstractHandlerMapping} that collect them.
 * This adapter is the first of all and supports every handler. It delegates to the
 * adapter that the dispatcher would have used, which aspects of the application may
 * intercept.
 */
public final class GuardedHandlerAdapter implements HandlerAdapter, AopInfrastructureBean, PriorityOrdered,
		ApplicationListener<ApplicationContextEvent> {

	/** By context, because dispatchers may have contexts of their own. */
	private final Map<ApplicationContext, List<HandlerAdapter>> others = new ConcurrentHashMap<>();

	private final ApplicationContext own;

	private final GuardInterceptor guards;

	/**
	 * Create an adapter.
	 * @param own the context of the library
	 * @param guards calls the guards
	 */
	public GuardedHandlerAdapter(ApplicationContext own, GuardInterceptor guards) {
		this.own = own;
		this.guards = guards;
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public boolean supports(Object handler) {
		return true;
	}

	/** A context that is refreshed has other adapters. */
	@Override
	public void onApplicationEvent(ApplicationContextEvent event) {
		this.others.remove(event.getApplicationContext());
	}

	@Override
	public @Nullable ModelAndView handle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		if (this.guards.takePermission(request, handler)) {
			return call(request, response, handler);
		}
		if (!this.guards.preHandle(request, response, handler)) {
			return null;
		}
		try {
			this.guards.takePermission(request, handler);
			return call(request, response, handler);
		}
		finally {
			this.guards.afterCompletion(request, response, handler, null);
		}
	}

	private @Nullable ModelAndView call(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws Exception {
		ApplicationContext context = RequestContextUtils.findWebApplicationContext(request);
		for (HandlerAdapter adapter : this.others.computeIfAbsent((context != null) ? context : this.own,
				GuardedHandlerAdapter::othersIn)) {
			if (adapter.supports(handler)) {
				return adapter.handle(request, response, handler);
			}
		}
		throw new ServletException("No HandlerAdapter supports " + handler);
	}

	private static List<HandlerAdapter> othersIn(ApplicationContext context) {
		List<HandlerAdapter> adapters = new ArrayList<>(
				BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerAdapter.class, true, false).values());
		adapters.removeIf(GuardedHandlerAdapter.class::isInstance);
		AnnotationAwareOrderComparator.sort(adapters);
		return adapters;
	}

}
