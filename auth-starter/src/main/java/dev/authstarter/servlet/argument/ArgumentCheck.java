package dev.authstarter.servlet.argument;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.authstarter.access.declaration.CallerTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.AbstractNamedValueMethodArgumentResolver;
import org.springframework.web.method.annotation.MapMethodProcessor;
import org.springframework.web.method.annotation.ModelAttributeMethodProcessor;
import org.springframework.web.method.annotation.RequestHeaderMapMethodArgumentResolver;
import org.springframework.web.method.annotation.RequestParamMapMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.mvc.method.annotation.AbstractMessageConverterMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.MatrixVariableMapMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.PathVariableMapMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Fails start-up if Spring MVC would bind an access token, an organization or a caller
 * type from the request. For each parameter of handler methods and of
 * {@code ModelAttribute} and {@code InitBinder} methods, it looks up the resolver that
 * Spring MVC will use.
 */
public final class ArgumentCheck implements SmartInitializingSingleton {

	/** The resolvers of Spring that read the request, with their subclasses. */
	private static final List<Class<? extends HandlerMethodArgumentResolver>> BINDING = List.of(
			AbstractNamedValueMethodArgumentResolver.class, ModelAttributeMethodProcessor.class,
			AbstractMessageConverterMethodArgumentResolver.class, RequestParamMapMethodArgumentResolver.class,
			RequestHeaderMapMethodArgumentResolver.class, PathVariableMapMethodArgumentResolver.class,
			MatrixVariableMapMethodArgumentResolver.class, MapMethodProcessor.class);

	private final ApplicationContext context;

	public ArgumentCheck(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<RequestMappingHandlerAdapter> adapters = beans(RequestMappingHandlerAdapter.class).values()
			.stream()
			.sorted(AnnotationAwareOrderComparator.INSTANCE)
			.toList();
		Set<Class<?>> controllers = new HashSet<>();
		for (AbstractHandlerMethodMapping<?> mapping : beans(AbstractHandlerMethodMapping.class).values()) {
			for (HandlerMethod handler : mapping.getHandlerMethods().values()) {
				for (RequestMappingHandlerAdapter adapter : adapters) {
					if (adapter.supports(handler)) {
						check(handler.getMethodParameters(), handler.getBeanType(), adapter.getArgumentResolvers());
						controllers.add(handler.getBeanType());
						break;
					}
				}
			}
		}
		for (ControllerAdviceBean advice : ControllerAdviceBean.findAnnotatedBeans(this.context)) {
			if (advice.getBeanType() != null) {
				controllers.add(advice.getBeanType());
			}
		}
		for (RequestMappingHandlerAdapter adapter : adapters) {
			controllers.forEach((type) -> checkPreparing(type, adapter));
		}
	}

	private <T> Map<String, T> beans(Class<T> type) {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, type, true, false);
	}

	private void checkPreparing(Class<?> type, RequestMappingHandlerAdapter adapter) {
		for (Method method : methods(type, ModelAttribute.class)) {
			if (!AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class)) {
				check(new MethodOfType(type, method).getMethodParameters(), type, adapter.getArgumentResolvers());
			}
		}
		for (Method method : methods(type, InitBinder.class)) {
			check(new MethodOfType(type, method).getMethodParameters(), type, adapter.getInitBinderArgumentResolvers());
		}
	}

	private static Collection<Method> methods(Class<?> type, Class<? extends Annotation> annotation) {
		return MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation));
	}

	private static void check(MethodParameter[] parameters, Class<?> type,
			@Nullable List<HandlerMethodArgumentResolver> resolvers) {
		for (MethodParameter parameter : parameters) {
			HandlerMethodArgumentResolver resolver = resolver(parameter, (resolvers != null) ? resolvers : List.of());
			if (resolver == null || BINDING.stream().anyMatch((binding) -> binding.isInstance(resolver))) {
				String found = CallerTypes.find(ResolvableType.forMethodParameter(parameter),
						resolver instanceof AbstractMessageConverterMethodArgumentResolver);
				if (found != null) {
					throw CallerTypes.refuse(parameter, type, found);
				}
			}
		}
	}

	private static @Nullable HandlerMethodArgumentResolver resolver(MethodParameter parameter,
			List<HandlerMethodArgumentResolver> resolvers) {
		for (HandlerMethodArgumentResolver resolver : resolvers) {
			if (resolver.supportsParameter(parameter)) {
				return resolver;
			}
		}
		return null;
	}

}
