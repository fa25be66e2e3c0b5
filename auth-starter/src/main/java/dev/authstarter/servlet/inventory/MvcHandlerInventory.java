package dev.authstarter.servlet.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.Rule;
import dev.authstarter.access.inventory.EntryPoint;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.ExportedRepositories;
import dev.authstarter.access.inventory.MappedHandlers;
import dev.authstarter.access.inventory.ServedHandlers;
import jakarta.servlet.http.HttpServletMapping;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Reads the handler mappings of Spring MVC, after the handlers were mapped.
 */
final class MvcHandlerInventory implements ServedHandlers {

	private static final String BOOT = "org.springframework.boot.";

	private final ApplicationContext context;

	private final HandlerChains chains;

	private final MappedHandlers handlers;

	/**
	 * Create an inventory of a context.
	 * @param context the context
	 * @param chains the filter chains of handlers
	 * @param handlers creates entry points for mapped handlers
	 */
	MvcHandlerInventory(ApplicationContext context, HandlerChains chains, MappedHandlers handlers) {
		this.context = context;
		this.chains = chains;
		this.handlers = handlers;
	}

	@Override
	public boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all) {
		Object handler = call.handler();
		if (rule != Rule.NONE || handler instanceof HttpServletMapping) {
			return false;
		}
		if (handler instanceof HandlerFunction) {
			return !all.isDeclared(Kind.ROUTE, call) && !this.handlers.isPublic(call);
		}
		if (SocketHandlers.isSocket(handler)) {
			return !all.isDeclared(Kind.SOCKET, call);
		}
		if (this.handlers.type(handler).getName().startsWith(ExportedRepositories.HANDLERS)) {
			return isUndeclaredRepository(call, all.handlers());
		}
		String pattern = call.pattern();
		return (pattern != null)
				? this.handlers.isUndeclared(handler, Set.of(call.method()), Set.of(pattern))
						&& this.chains.mayReadTokens(call.method(), pattern)
				: this.handlers.isUndeclared(handler, Set.of(), Set.of());
	}

	@Override
	public boolean isErrorPage(Object handler) {
		return ClassUtils.getAllInterfacesForClassAsSet(this.handlers.type(handler))
			.stream()
			.anyMatch((type) -> type.getName().equals("org.springframework.boot.webmvc.error.ErrorController"));
	}

	/**
	 * Return whether the requested repository is undeclared. A request that matches no
	 * repository is treated as one for all repositories.
	 */
	private static boolean isUndeclaredRepository(HandlerCall call, List<HandlerDescription> all) {
		List<PathContainer> paths = call.paths();
		List<HandlerDescription> repositories = all.stream()
			.filter((handler) -> handler.kind() == Kind.REPOSITORY)
			.toList();
		List<HandlerDescription> asked = repositories.stream()
			.filter((handler) -> handler.patterns()
				.stream()
				.map(PathPatterns::parse)
				.anyMatch((pattern) -> paths.stream().anyMatch(pattern::matches)))
			.toList();
		return (asked.isEmpty() ? repositories : asked).stream().anyMatch(HandlerDescription::undeclared);
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		BeanFactoryUtils.beansOfTypeIncludingAncestors(this.context, HandlerMapping.class, true, false)
			.values()
			.forEach((mapping) -> found.addAll(read(mapping)));
		return found;
	}

	private Collection<EntryPoint> read(HandlerMapping mapping) {
		if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
			return methods.getHandlerMethods()
				.entrySet()
				.stream()
				.filter((entry) -> !entry.getValue().getBeanType().getName().startsWith(ExportedRepositories.HANDLERS))
				.map((entry) -> method(mapping, entry.getKey(), entry.getValue()))
				.toList();
		}
		if (mapping instanceof Iterable<?> mappings) {
			// The mappings of Spring Data REST.
			List<EntryPoint> found = new ArrayList<>();
			mappings.forEach((one) -> found.addAll((one instanceof HandlerMapping inner) ? read(inner) : List.of()));
			return found;
		}
		if (mapping instanceof AbstractUrlHandlerMapping urls) {
			return urls(urls);
		}
		if (mapping instanceof RouterFunctionMapping routes) {
			return routes(routes);
		}
		return List.of(this.handlers.unknown(AopUtils.getTargetClass(mapping)));
	}

	private EntryPoint method(HandlerMapping mapping, RequestMappingInfo info, HandlerMethod method) {
		Set<String> methods = info.getMethodsCondition()
			.getMethods()
			.stream()
			.map(Enum::name)
			.collect(Collectors.toSet());
		return this.handlers.method(mapping, methods, info.getPatternValues(), method);
	}

	private List<EntryPoint> urls(AbstractUrlHandlerMapping mapping) {
		if (mapping.getClass().getName().startsWith(BOOT) && mapping.getRootHandler() != null) {
			this.handlers.takeForBoot(mapping.getRootHandler());
		}
		List<EntryPoint> found = new ArrayList<>();
		mapping.getHandlerMap().forEach((pattern, handler) -> found.add(url(Set.of(pattern), handler)));
		if (mapping.getRootHandler() != null) {
			found.add(url(Set.of("/"), mapping.getRootHandler()));
		}
		if (mapping.getDefaultHandler() != null) {
			found.add(url(Set.of("/**"), mapping.getDefaultHandler()));
		}
		return found;
	}

	private EntryPoint url(Set<String> patterns, Object mapped) {
		Object handler = (mapped instanceof HandlerExecutionChain chain) ? chain.getHandler() : mapped;
		if (SocketHandlers.isSocket(handler)) {
			return this.handlers.socket(patterns, SocketHandlers.name(handler, this.handlers::checkFunction),
					SocketHandlers.leadsTo(handler));
		}
		Kind kind = (this.handlers.type(handler) == ResourceHttpRequestHandler.class) ? Kind.RESOURCE : Kind.OTHER;
		return this.handlers.object(kind, patterns, handler);
	}

	private List<EntryPoint> routes(RouterFunctionMapping mapping) {
		if (mapping.getRouterFunction() == null) {
			return List.of();
		}
		RouteReader reader = new RouteReader(this.handlers::checkFunction);
		mapping.getRouterFunction().accept(reader);
		return reader.routes()
			.stream()
			.map((route) -> this.handlers.route(route.requests(), route.description(), route.rule(),
					route.graphQl() ? Kind.QUERY : null))
			.toList();
	}

}
