package dev.authstarter.servlet.argument;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.List;
import java.util.function.Predicate;

import dev.authstarter.access.declaration.CallerTypes;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/**
 * Fails start-up if a message handler, a GraphQL field or an actuator endpoint would bind
 * an access token, an organization or a caller type from its input. The annotations are
 * found by name, because none of these libraries has to be present.
 */
public final class EntryPointArgumentCheck implements SmartInitializingSingleton {

	private static final String MESSAGING = "org.springframework.messaging.";

	private static final String GRAPHQL = "org.springframework.graphql.data.";

	private static final String ACTUATOR = "org.springframework.boot.actuate.endpoint.annotation.";

	private static final List<String> OPERATIONS = List.of(ACTUATOR + "ReadOperation", ACTUATOR + "WriteOperation",
			ACTUATOR + "DeleteOperation");

	/** Listeners of Kafka, JMS and RabbitMQ are message mappings, too. */
	private static final List<EntryPoint> ENTRY_POINTS = List.of(
			new EntryPoint(null, List.of(MESSAGING + "handler.annotation.MessageMapping",
					MESSAGING + "simp.annotation.SubscribeMapping", MESSAGING + "rsocket.annotation.ConnectMapping",
					MESSAGING + "handler.annotation.MessageExceptionHandler"), EntryPointArgumentCheck::isSent),
			new EntryPoint("org.springframework.stereotype.Controller",
					List.of(GRAPHQL + "method.annotation.SchemaMapping", GRAPHQL + "federation.EntityMapping"),
					EntryPointArgumentCheck::isGraphQlArgument),
			new EntryPoint(ACTUATOR + "Endpoint", OPERATIONS, EntryPointArgumentCheck::isSent),
			new EntryPoint(ACTUATOR + "EndpointExtension", OPERATIONS, EntryPointArgumentCheck::isSent));

	private final ConfigurableListableBeanFactory beans;

	public EntryPointArgumentCheck(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		ClassLoader classLoader = this.beans.getBeanClassLoader();
		List<EntryPoint> present = ENTRY_POINTS.stream().filter((entry) -> entry.isPresent(classLoader)).toList();
		for (String name : present.isEmpty() ? new String[0] : this.beans.getBeanDefinitionNames()) {
			Class<?> type = type(name);
			if (type != null) {
				present.forEach((entry) -> entry.check(ClassUtils.getUserClass(type)));
			}
		}
	}

	private @Nullable Class<?> type(String name) {
		if (this.beans.getBeanDefinition(name).isAbstract()) {
			return null;
		}
		Class<?> target = AutoProxyUtils.determineTargetClass(this.beans, name);
		return (target != null) ? target : this.beans.getType(name, false);
	}

	/**
	 * Kotlin appends a parameter to suspending functions whose type contains that of the
	 * result; it is not an input.
	 */
	private static boolean isSent(MethodParameter parameter) {
		return !Principal.class.isAssignableFrom(parameter.getParameterType())
				&& !parameter.getParameterType().getName().equals("kotlin.coroutines.Continuation");
	}

	/** Other parameters are the result of the parent field. */
	private static boolean isGraphQlArgument(MethodParameter parameter) {
		MergedAnnotations annotations = MergedAnnotations.from(parameter.getParameterAnnotations());
		Class<?> type = parameter.getParameterType();
		return annotations.isPresent(GRAPHQL + "method.annotation.Argument")
				|| annotations.isPresent(GRAPHQL + "method.annotation.Arguments")
				|| type.getName().equals(GRAPHQL + "ArgumentValue")
				|| MergedAnnotations.from(type).isPresent("org.springframework.data.web.ProjectedPayload");
	}

	/**
	 * A kind of method that external input reaches.
	 *
	 * @param type the annotation of their classes, or {@code null} for any class
	 * @param methods the annotations of the methods
	 * @param bound selects the parameters that are bound from the input
	 */
	private record EntryPoint(@Nullable String type, List<String> methods, Predicate<MethodParameter> bound) {

		boolean isPresent(@Nullable ClassLoader classLoader) {
			return this.methods.stream().anyMatch((name) -> ClassUtils.isPresent(name, classLoader));
		}

		void check(Class<?> bean) {
			if (this.type != null
					&& !MergedAnnotations.from(bean, SearchStrategy.TYPE_HIERARCHY).isPresent(this.type)) {
				return;
			}
			for (Method method : MethodIntrospector.selectMethods(bean, this::isEntryPoint)) {
				for (MethodParameter parameter : new MethodOfType(bean, method).getMethodParameters()) {
					String found = this.bound.test(parameter)
							? CallerTypes.find(ResolvableType.forMethodParameter(parameter), true) : null;
					if (found != null) {
						throw CallerTypes.refuse(parameter, bean, found);
					}
				}
			}
		}

		private boolean isEntryPoint(Method method) {
			MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
			return this.methods.stream().anyMatch(annotations::isPresent);
		}

	}

}
