package dev.authstarter.servlet.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.authstarter.access.interception.ProxyLimits;
import jakarta.servlet.http.HttpServletRequest;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AbstractAdvisingBeanPostProcessor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.NameMatchMethodPointcutAdvisor;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Adds the guards to the handlers of mappings that call no interceptors of Spring MVC,
 * because they are no {@link AbstractHandlerMapping}.
 */
public final class MappingGuard extends AbstractAdvisingBeanPostProcessor {

	private static final Method GET_HANDLER = ClassUtils.getMethod(HandlerMapping.class, "getHandler",
			HttpServletRequest.class);

	/**
	 * Create a post-processor.
	 * @param guards the interceptor that calls the guards; supplied at the first request,
	 * because post-processors are created before most beans
	 */
	public MappingGuard(Supplier<GuardInterceptor> guards) {
		NameMatchMethodPointcutAdvisor guarding = new NameMatchMethodPointcutAdvisor(new Guarding(guards));
		guarding.setMappedName(GET_HANDLER.getName());
		guarding.setClassFilter(MappingGuard::hasNoInterceptors);
		this.advisor = guarding;
		setBeforeExistingAdvisors(true);
	}

	private static boolean hasNoInterceptors(Class<?> type) {
		return HandlerMapping.class.isAssignableFrom(type) && !AbstractHandlerMapping.class.isAssignableFrom(type);
	}

	/**
	 * The application may need the class of its mapping, which is only possible if a
	 * subclass can intercept the method.
	 */
	@Override
	protected ProxyFactory prepareProxyFactory(Object bean, String beanName) {
		ProxyFactory factory = super.prepareProxyFactory(bean, beanName);
		Method method = ClassUtils.getMostSpecificMethod(GET_HANDLER, bean.getClass());
		factory.setProxyTargetClass(ProxyLimits.of(method, bean.getClass(), true) == null);
		return factory;
	}

	/**
	 * Return whether the handlers of a mapping have the guards.
	 * @param mapping the mapping, as the dispatcher uses it
	 * @return whether they have
	 */
	public static boolean isGuarded(HandlerMapping mapping) {
		return mapping instanceof AbstractHandlerMapping || (mapping instanceof Advised proxy && hasAdvice(proxy));
	}

	private static boolean hasAdvice(Advised proxy) {
		return Stream.of(proxy.getAdvisors()).anyMatch((advisor) -> advisor.getAdvice() instanceof Guarding);
	}

	/**
	 * The advice of the mappings.
	 */
	private static final class Guarding implements MethodInterceptor {

		private final SingletonSupplier<GuardInterceptor> guards;

		Guarding(Supplier<GuardInterceptor> guards) {
			this.guards = SingletonSupplier.of(guards);
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			return (invocation.proceed() instanceof HandlerExecutionChain chain) ? guarded(chain) : null;
		}

		/** The chain may be that of another mapping, with its interceptors. */
		private HandlerExecutionChain guarded(HandlerExecutionChain chain) {
			List<HandlerInterceptor> interceptors = new ArrayList<>(chain.getInterceptorList());
			if (interceptors.stream().anyMatch(GuardInterceptor.class::isInstance)) {
				return chain;
			}
			interceptors.add(0, this.guards.obtain());
			return new HandlerExecutionChain(chain.getHandler(), interceptors);
		}

	}

}
