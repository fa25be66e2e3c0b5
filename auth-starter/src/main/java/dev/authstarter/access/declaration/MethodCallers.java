package dev.authstarter.access.declaration;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

import org.springframework.beans.factory.Aware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartFactoryBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.service.annotation.HttpExchange;

/**
 * Finds out what calls a method: Spring MVC, after the guards; another library that
 * receives requests or messages; or the container, which has no caller.
 */
public final class MethodCallers {

	/**
	 * Directly present or as meta-annotations. Annotations for timers are not in the
	 * list, because no caller causes such calls; an event is often published on behalf of
	 * one.
	 */
	private static final List<String> OTHER_THAN_HTTP = List.of(
			"org.springframework.messaging.handler.annotation.MessageMapping",
			"org.springframework.messaging.simp.annotation.SubscribeMapping",
			"org.springframework.messaging.rsocket.annotation.ConnectMapping",
			"org.springframework.graphql.data.method.annotation.SchemaMapping",
			"org.springframework.graphql.data.method.annotation.BatchMapping",
			"org.springframework.kafka.annotation.KafkaListener",
			"org.springframework.amqp.rabbit.annotation.RabbitListener",
			"org.springframework.jms.annotation.JmsListener", "org.springframework.pulsar.annotation.PulsarListener",
			"org.springframework.integration.annotation.ServiceActivator",
			"org.springframework.jmx.export.annotation.ManagedOperation",
			"org.springframework.boot.actuate.endpoint.annotation.ReadOperation",
			"org.springframework.boot.actuate.endpoint.annotation.WriteOperation",
			"org.springframework.boot.actuate.endpoint.annotation.DeleteOperation", EventListener.class.getName(),
			"org.springframework.ai.tool.annotation.Tool");

	private static final List<String> EXCEPTION_HANDLERS = List.of(
			"org.springframework.messaging.handler.annotation.MessageExceptionHandler",
			"org.springframework.graphql.data.method.annotation.GraphQlExceptionHandler");

	private static final List<String> INJECTION_AND_LIFECYCLE = List.of(
			"org.springframework.beans.factory.annotation.Autowired", "jakarta.inject.Inject",
			"jakarta.annotation.PostConstruct", "jakarta.annotation.PreDestroy");

	/**
	 * Methods that the container calls through a bean's proxy. A gRPC server gets the
	 * methods of a service in this way and calls them through the proxy.
	 */
	private static final Set<String> CALLBACKS = Set.of(FactoryBean.class.getName(), SmartFactoryBean.class.getName(),
			SmartInitializingSingleton.class.getName(), Phased.class.getName(), Ordered.class.getName(),
			"io.grpc.BindableService");

	/** Called before the handshake, when no message has a caller. */
	private static final Set<String> SOCKETS = Set.of("org.springframework.web.reactive.socket.WebSocketHandler",
			"org.springframework.web.socket.SubProtocolCapable");

	private static final Set<String> ROUTERS = Set.of("org.springframework.web.servlet.function.RouterFunction",
			"org.springframework.web.reactive.function.server.RouterFunction");

	/**
	 * Methods that the container calls at start-up and shutdown. Other code may call them
	 * on behalf of a caller.
	 */
	private static final Set<String> START_AND_STOP = Set.of(Lifecycle.class.getName(), SmartLifecycle.class.getName(),
			ApplicationListener.class.getName(), SmartApplicationListener.class.getName(),
			GenericApplicationListener.class.getName(), "org.springframework.boot.CommandLineRunner",
			"org.springframework.boot.ApplicationRunner", "io.micrometer.core.instrument.binder.MeterBinder",
			"org.springframework.scheduling.annotation.SchedulingConfigurer",
			"org.springframework.web.servlet.config.annotation.WebMvcConfigurer",
			"org.springframework.web.reactive.config.WebFluxConfigurer");

	/** The server calls these methods of a filter at start-up and shutdown. */
	private static final Set<String> FILTER_METHODS = Set.of("init", "initFilterBean", "destroy");

	private static final Set<String> FILTERS = Set.of("jakarta.servlet.Filter",
			"org.springframework.web.filter.GenericFilterBean");

	private MethodCallers() {
	}

	public static boolean isController(TypeHierarchy family) {
		return AnnotatedElementUtils.hasAnnotation(family.type(), Controller.class);
	}

	/** Whether Spring MVC maps requests to this method of a controller. */
	public static boolean isMapped(Method implementation) {
		return AnnotatedElementUtils.hasAnnotation(implementation, RequestMapping.class)
				|| AnnotatedElementUtils.hasAnnotation(implementation, HttpExchange.class);
	}

	/** Whether Spring calls this method of a controller before or after a handler. */
	public static boolean isPartOfHandling(Method implementation) {
		return AnnotatedElementUtils.hasAnnotation(implementation, ExceptionHandler.class)
				|| AnnotatedElementUtils.hasAnnotation(implementation, ModelAttribute.class)
				|| AnnotatedElementUtils.hasAnnotation(implementation, InitBinder.class)
				|| isAnnotated(implementation, EXCEPTION_HANDLERS);
	}

	/** Whether the method receives messages, queries, operations or events. */
	public static boolean isOtherThanHttp(Method implementation) {
		return isAnnotated(implementation, OTHER_THAN_HTTP);
	}

	public static boolean isEventListener(Method implementation) {
		return AnnotatedElementUtils.hasAnnotation(implementation, EventListener.class);
	}

	public static boolean isBeanMethod(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Bean.class);
	}

	/** Whether only the container calls this method through the proxy. */
	public static boolean isCallback(Method implementation, TypeHierarchy family) {
		return isDeclaredBy(CALLBACKS, implementation, family) || (implementation.getName().equals("getSubProtocols")
				&& isDeclaredBy(SOCKETS, implementation, family));
	}

	/** Whether Spring calls this method for requests whose handler is not known yet. */
	public static boolean isRouting(Method implementation, TypeHierarchy family) {
		return isDeclaredBy(ROUTERS, implementation, family);
	}

	/**
	 * Whether the container calls this method through the proxy at start-up or shutdown.
	 */
	public static boolean isStartOrStop(Method implementation, TypeHierarchy family) {
		return isDeclaredBy(START_AND_STOP, implementation, family)
				|| (FILTER_METHODS.contains(implementation.getName()) && isDeclaredBy(FILTERS, implementation, family));
	}

	private static boolean isDeclaredBy(Set<String> types, Method implementation, TypeHierarchy family) {
		return family.declarations(implementation)
			.stream()
			.anyMatch((declaration) -> types.contains(declaration.getDeclaringClass().getName()));
	}

	/** Whether the container calls this method on the object itself before it is used. */
	public static boolean isPreparation(Method implementation, TypeHierarchy family) {
		return isAnnotated(implementation, INJECTION_AND_LIFECYCLE) || family.declarations(implementation)
			.stream()
			.map(Method::getDeclaringClass)
			.anyMatch((declared) -> declared == InitializingBean.class || declared == DisposableBean.class
					|| (declared.isInterface() && Aware.class.isAssignableFrom(declared)));
	}

	private static boolean isAnnotated(Method method, List<String> names) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		return names.stream().anyMatch(annotations::isPresent);
	}

}
