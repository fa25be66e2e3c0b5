package dev.authstarter.reactive.argument;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.authstarter.access.declaration.CallerArguments;
import dev.authstarter.access.declaration.CallerTypes;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * Fails start-up if WebFlux would bind an access token, an organization or a caller type
 * from the request: if such a parameter has an annotation, or is part of a type that is
 * bound. Parameters that a resolver of the application provides are not checked.
 */
public final class FluxArgumentCheck implements SmartInitializingSingleton {

	private static final Set<String> FRAMEWORK = Set.of("org.springframework.", "reactor.", "kotlin.");

	private final ApplicationContext context;

	/**
	 * Check the handlers of a context.
	 * @param context the context
	 */
	public FluxArgumentCheck(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Set<Class<?>> controllers = new LinkedHashSet<>();
		List<HandlerMethodArgumentResolver> own = resolvers();
		for (RequestMappingInfoHandlerMapping mapping : BeanFactoryUtils
			.beansOfTypeIncludingAncestors(this.context, RequestMappingInfoHandlerMapping.class, true, false)
			.values()) {
			for (HandlerMethod method : mapping.getHandlerMethods().values()) {
				controllers.add(method.getBeanType());
				check(Arrays.asList(method.getMethodParameters()), method.getBeanType(), own);
			}
		}
		for (ControllerAdviceBean advice : ControllerAdviceBean.findAnnotatedBeans(this.context)) {
			if (advice.getBeanType() != null) {
				controllers.add(advice.getBeanType());
			}
		}
		controllers.forEach((type) -> List.of(ModelAttribute.class, InitBinder.class)
			.forEach((annotation) -> checkPreparing(type, annotation, own)));
	}

	private static void checkPreparing(Class<?> type, Class<? extends Annotation> annotation,
			List<HandlerMethodArgumentResolver> own) {
		MethodIntrospector
			.selectMethods(type,
					(MethodIntrospector.MetadataLookup<Boolean>) (
							method) -> AnnotatedElementUtils.hasAnnotation(method, annotation) ? true : null)
			.keySet()
			.forEach(
					(method) -> check(Arrays.asList(new HandlerMethod(type, method).getMethodParameters()), type, own));
	}

	/**
	 * Return the resolvers of the application, which WebFlux calls before it binds by
	 * type.
	 */
	private List<HandlerMethodArgumentResolver> resolvers() {
		List<HandlerMethodArgumentResolver> own = new ArrayList<>();
		ArgumentResolverConfigurer collected = new ArgumentResolverConfigurer() {

			@Override
			public void addCustomResolver(HandlerMethodArgumentResolver... resolvers) {
				own.addAll(Arrays.asList(resolvers));
			}

		};
		this.context.getBeanProvider(WebFluxConfigurer.class)
			.orderedStream()
			.forEach((configurer) -> configurer.configureArgumentResolvers(collected));
		own.removeIf(CallerArgumentResolver.class::isInstance);
		return own;
	}

	private static void check(Collection<MethodParameter> parameters, Class<?> type,
			List<HandlerMethodArgumentResolver> own) {
		for (MethodParameter parameter : parameters) {
			boolean annotated = Arrays.stream(parameter.getParameterAnnotations())
				.anyMatch((annotation) -> isOfSpring(annotation.annotationType()));
			boolean provided = !annotated && (CallerArguments.supports(parameter)
					|| own.stream().anyMatch((resolver) -> resolver.supportsParameter(parameter)));
			if (!provided && !isOfFramework(parameter)) {
				boolean body = parameter.hasParameterAnnotation(RequestBody.class)
						|| parameter.hasParameterAnnotation(RequestPart.class);
				String found = CallerTypes.find(ResolvableType.forMethodParameter(parameter), body);
				if (found != null) {
					throw CallerTypes.refuse(parameter, type, found);
				}
			}
		}
	}

	/**
	 * Whether an annotation determines the source of an argument; {@code @Nullable} does
	 * not.
	 */
	private static boolean isOfSpring(Class<? extends Annotation> annotation) {
		return annotation.getName().startsWith("org.springframework.web.")
				|| annotation.getName().startsWith("org.springframework.beans.factory.annotation.")
				|| Arrays.stream(annotation.getAnnotations())
					.anyMatch((meta) -> meta.annotationType().getName().startsWith("org.springframework.web."));
	}

	/**
	 * A type of Spring is bound only through its type arguments, and those of a
	 * continuation are what a suspending function returns.
	 */
	private static boolean isOfFramework(MethodParameter parameter) {
		Class<?> type = ClassUtils.getUserClass(parameter.getParameterType());
		return type.getName().equals("kotlin.coroutines.Continuation")
				|| (FRAMEWORK.stream().anyMatch((name) -> type.getName().startsWith(name))
						&& !ResolvableType.forMethodParameter(parameter).hasGenerics());
	}

}
