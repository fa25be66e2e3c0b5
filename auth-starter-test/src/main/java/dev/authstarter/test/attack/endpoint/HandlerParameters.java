package dev.authstarter.test.attack.endpoint;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the parameters that controller methods read from the query, headers and cookies.
 * The parameters of routes, and of code that reads the request itself, are unknown.
 */
public final class HandlerParameters {

	private final List<MappedMethod> methods;

	/**
	 * Read the mappings of an application.
	 * @param application the application
	 */
	public HandlerParameters(BeanFactory application) {
		this.methods = isPresent("org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping")
				? Stream.concat(OfMvc.methods(application), OfFlux.methods(application)).toList()
				: OfMvc.methods(application).toList();
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, HandlerParameters.class.getClassLoader());
	}

	/** Return the parameters of the methods behind an endpoint. */
	public List<Parameter> of(Endpoint endpoint) {
		Map<String, Parameter> found = new LinkedHashMap<>();
		for (MappedMethod mapped : this.methods) {
			if (mapped.leadsTo(endpoint)) {
				parameters(mapped.handler())
					.forEach((parameter) -> found.putIfAbsent(parameter.place() + parameter.name(), parameter));
			}
		}
		return List.copyOf(found.values());
	}

	private static List<Parameter> parameters(HandlerMethod method) {
		List<Parameter> parameters = new ArrayList<>();
		for (MethodParameter parameter : method.getMethodParameters()) {
			parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
			RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
			RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
			CookieValue cookie = parameter.getParameterAnnotation(CookieValue.class);
			if (query != null) {
				add(Place.QUERY, query.name(), query.required(), query.defaultValue(), parameter, parameters);
			}
			else if (header != null) {
				add(Place.HEADER, header.name(), header.required(), header.defaultValue(), parameter, parameters);
			}
			else if (cookie != null) {
				add(Place.COOKIE, cookie.name(), cookie.required(), cookie.defaultValue(), parameter, parameters);
			}
			else if (isBoundByName(parameter)) {
				names(parameter).forEach((name) -> parameters.add(new Parameter(Place.QUERY, name, false)));
			}
		}
		return parameters;
	}

	private static void add(Place place, String name, boolean required, String defaultValue, MethodParameter parameter,
			List<Parameter> parameters) {
		String named = name.isEmpty() ? parameter.getParameterName() : name;
		if (named != null && isNamed(parameter)) {
			parameters.add(new Parameter(place, named,
					required && defaultValue.equals(ValueConstants.DEFAULT_NONE) && !parameter.isOptional()));
		}
	}

	/** Whether it has a name: other parameters hold the values of all names. */
	private static boolean isNamed(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		return !Map.class.isAssignableFrom(type) && !HttpHeaders.class.isAssignableFrom(type);
	}

	/** Parameters without an annotation, or with {@code ModelAttribute}. */
	private static boolean isBoundByName(MethodParameter parameter) {
		if (parameter.hasParameterAnnotation(ModelAttribute.class)) {
			return true;
		}
		return Stream.of(parameter.getParameterAnnotations())
			.map(Annotation::annotationType)
			.noneMatch((type) -> type.getName().startsWith("org.springframework."));
	}

	private static List<String> names(MethodParameter parameter) {
		Class<?> type = bound(parameter).getNestedParameterType();
		if (BeanUtils.isSimpleProperty(type)) {
			String name = parameter.getParameterName();
			return (name != null) ? List.of(name) : List.of();
		}
		return (type.isInterface() || isOfAFramework(type)) ? List.of() : members(type);
	}

	/** WebFlux also binds the content of a {@code Mono}. */
	private static MethodParameter bound(MethodParameter parameter) {
		boolean reactive = ReactiveAdapterRegistry.getSharedInstance().getAdapter(parameter.getParameterType()) != null;
		return reactive ? parameter.nested() : parameter.nestedIfOptional();
	}

	private static boolean isOfAFramework(Class<?> type) {
		String name = ClassUtils.getPackageName(type) + ".";
		return name.equals("dev.authstarter.")
				|| Stream.of("java.", "jakarta.", "org.springframework.", "reactor.").anyMatch(name::startsWith);
	}

	private static List<String> members(Class<?> type) {
		List<String> names = new ArrayList<>(Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> property.getWriteMethod() != null)
			.map((property) -> property.getName())
			.toList());
		names.addAll(argumentsOfConstructor(type));
		return names;
	}

	private static List<String> argumentsOfConstructor(Class<?> type) {
		try {
			return List.of(BeanUtils.getParameterNames(BeanUtils.getResolvableConstructor(type)));
		}
		catch (IllegalStateException ex) {
			// Spring binds no constructor of such a type either.
			return List.of();
		}
	}

	/**
	 * A method of a controller.
	 *
	 * @param patterns its patterns
	 * @param methods its HTTP methods; empty for all
	 * @param handler the method
	 */
	private record MappedMethod(Set<String> patterns, Set<RequestMethod> methods, HandlerMethod handler) {

		boolean leadsTo(Endpoint endpoint) {
			return this.patterns.contains(endpoint.pattern()) && (this.methods.isEmpty()
					|| this.methods.stream().anyMatch((method) -> method.name().equals(endpoint.method())));
		}

	}

	/**
	 * The mappings of Spring MVC.
	 */
	private static final class OfMvc {

		static Stream<MappedMethod> methods(BeanFactory application) {
			return application.getBeanProvider(RequestMappingInfoHandlerMapping.class)
				.orderedStream()
				.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
				.map((mapped) -> new MappedMethod(mapped.getKey().getPatternValues(),
						mapped.getKey().getMethodsCondition().getMethods(), mapped.getValue()));
		}

	}

	/**
	 * The mappings of WebFlux.
	 */
	private static final class OfFlux {

		static Stream<MappedMethod> methods(BeanFactory application) {
			return application
				.getBeanProvider(org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping.class)
				.orderedStream()
				.flatMap((mapping) -> mapping.getHandlerMethods().entrySet().stream())
				.map((mapped) -> new MappedMethod(patterns(mapped.getKey().getPatternsCondition().getPatterns()),
						mapped.getKey().getMethodsCondition().getMethods(), mapped.getValue()));
		}

		private static Set<String> patterns(Set<PathPattern> patterns) {
			return patterns.stream().map(PathPattern::getPatternString).collect(Collectors.toSet());
		}

	}

}
