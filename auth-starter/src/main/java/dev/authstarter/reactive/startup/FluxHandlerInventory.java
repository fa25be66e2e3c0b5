package dev.authstarter.reactive.startup;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.Rule;
import dev.authstarter.access.inventory.EntryPoint;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.MappedHandlers;
import dev.authstarter.access.inventory.ServedHandlers;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.support.RouterFunctionMapping;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceWebHandler;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Reads all handlers that WebFlux has mapped.
 */
final class FluxHandlerInventory implements ServedHandlers {

	private final ApplicationContext context;

	private final MappedHandlers handlers;

	/**
	 * Read the mappings of a context.
	 * @param context the context of the mappings
	 * @param handlers creates the entry points of mapped handlers
	 */
	FluxHandlerInventory(ApplicationContext context, MappedHandlers handlers) {
		this.context = context;
		this.handlers = handlers;
	}

	@Override
	public boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all) {
		Object handler = call.handler();
		if (rule != Rule.NONE || FluxRouteReader.isOfBoot(handler)) {
			return false;
		}
		if (handler instanceof HandlerFunction) {
			return !all.isDeclared(Kind.ROUTE, call) && !this.handlers.isPublic(call);
		}
		String pattern = call.pattern();
		return (pattern != null) ? this.handlers.isUndeclared(handler, Set.of(call.method()), Set.of(pattern))
				: this.handlers.isUndeclared(handler, Set.of(), Set.of());
	}

	/**
	 * Find the handlers of all mappings, which are all called through the adapter that
	 * calls the guards.
	 */
	@Override
	public List<EntryPoint> find() {
		return BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
			.values()
			.stream()
			.flatMap((mapping) -> read(mapping).stream())
			.toList();
	}

	private Collection<EntryPoint> read(HandlerMapping mapping) {
		if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
			return methods.getHandlerMethods()
				.entrySet()
				.stream()
				.map((entry) -> method(mapping, entry.getKey(), entry.getValue()))
				.toList();
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) {
			return urls.getHandlerMap()
				.entrySet()
				.stream()
				.map((entry) -> url(entry.getKey(), entry.getValue()))
				.toList();
		}
		if (mapping instanceof RouterFunctionMapping routes) {
			return (routes.getRouterFunction() != null)
					? FluxRouteReader.read(routes.getRouterFunction(), this.handlers::checkFunction)
						.stream()
						.map((route) -> this.handlers.route(route.requests(), route.description(), Rule.NONE,
								route.graphQl() ? Kind.QUERY : null))
						.toList()
					: List.of();
		}
		return List.of(this.handlers.unknown(AopUtils.getTargetClass(mapping)));
	}

	private EntryPoint method(HandlerMapping mapping, RequestMappingInfo info, HandlerMethod method) {
		return this.handlers.method(mapping,
				info.getMethodsCondition().getMethods().stream().map(Enum::name).collect(Collectors.toSet()),
				info.getPatternsCondition()
					.getPatterns()
					.stream()
					.map(PathPattern::getPatternString)
					.collect(Collectors.toSet()),
				method);
	}

	private EntryPoint url(PathPattern pattern, Object handler) {
		Class<?> type = this.handlers.type(handler);
		Kind kind = WebSocketHandler.class.isAssignableFrom(type) ? Kind.SOCKET
				: (type == ResourceWebHandler.class) ? Kind.RESOURCE : Kind.OTHER;
		return this.handlers.object(kind, Set.of(pattern.getPatternString()), handler);
	}

}
