package dev.authstarter.servlet.inventory;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.authstarter.access.HandlerCall;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.access.PathPatterns;
import dev.authstarter.access.PublicPaths;
import dev.authstarter.access.Rule;
import dev.authstarter.access.declaration.BeanDeclarations;
import dev.authstarter.access.declaration.StockAnnotations;
import dev.authstarter.access.declaration.TypeName;
import dev.authstarter.access.declaration.Unenforceable;
import dev.authstarter.access.inventory.EntryPoint;
import dev.authstarter.access.inventory.EntryPointInventory;
import dev.authstarter.access.inventory.ServedHandlers;
import dev.authstarter.servlet.handler.DispatcherServlets;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.http.server.PathContainer;
import org.springframework.util.ClassUtils;

/**
 * The entry points of the servlet container other than Spring MVC: other servlets and
 * endpoints of Jakarta WebSocket.
 */
final class ServletEntryPoints implements ServedHandlers {

	private static final String SOCKET = "jakarta.websocket.server.ServerEndpoint";

	private static final String SOCKETS = "jakarta.websocket.server.ServerContainer";

	/** Servlets that serve classes of Jakarta REST. */
	private static final Set<String> REST = Set.of("org.glassfish.jersey.servlet.ServletContainer",
			"org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher",
			"org.jboss.resteasy.plugins.server.servlet.HttpServlet30Dispatcher",
			"org.apache.cxf.transport.servlet.CXFServlet", "org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet");

	private static final String INTERNAL = "/WEB-INF/";

	private final ServletContext container;

	private final DispatcherServlets dispatchers;

	private final BeanDeclarations beans;

	private final HandlerChains chains;

	private final PublicPaths publicPaths;

	ServletEntryPoints(ServletContext container, DispatcherServlets dispatchers, BeanDeclarations beans,
			HandlerChains chains, PublicPaths publicPaths) {
		this.container = container;
		this.dispatchers = dispatchers;
		this.beans = beans;
		this.chains = chains;
		this.publicPaths = publicPaths;
	}

	@Override
	public List<EntryPoint> find() {
		List<EntryPoint> found = new ArrayList<>();
		for (ServletRegistration servlet : this.container.getServletRegistrations().values()) {
			if (!servlet.getMappings().isEmpty() && !this.dispatchers.contain(servlet.getName())) {
				found.add(servlet(servlet));
			}
		}
		this.container.getFilterRegistrations().values().forEach(this::checkFilter);
		if (this.container.getAttribute(SOCKETS) != null) {
			for (Class<?> type : this.beans.types()) {
				MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
					.get(SOCKET)
					.getValue("value", String.class)
					.ifPresent((path) -> found.add(socket(type, path)));
			}
		}
		return found;
	}

	private EntryPoint servlet(ServletRegistration servlet) {
		Class<?> type = ClassUtils
			.getUserClass(ClassUtils.resolveClassName(servlet.getClassName(), this.container.getClassLoader()));
		String name = TypeName.of(type);
		if (isRuled(type)) {
			throw Unenforceable.servlet(name);
		}
		Set<String> paths = servlet.getMappings()
			.stream()
			.map(ServletEntryPoints::pattern)
			.collect(Collectors.toCollection(TreeSet::new));
		return entry(Kind.SERVLET, name, paths, REST.contains(name) ? Kind.RESOURCE_CLASS : null);
	}

	/**
	 * Fail if a filter that is not a bean declares a rule, because it has no proxy that
	 * could enforce it. Proxies are skipped.
	 */
	private void checkFilter(FilterRegistration filter) {
		String className = filter.getClassName();
		ClassLoader classLoader = this.container.getClassLoader();
		if (className != null && !className.contains("$$") && ClassUtils.isPresent(className, classLoader)) {
			Class<?> type = ClassUtils.resolveClassName(className, classLoader);
			if (!Proxy.isProxyClass(type) && isRuled(type)) {
				throw Unenforceable.filter(TypeName.of(type));
			}
		}
	}

	private static boolean isRuled(Class<?> type) {
		return BeanDeclarations.mentionsRule(type) || StockAnnotations.demand(type);
	}

	private EntryPoint socket(Class<?> type, String path) {
		String name = TypeName.of(type);
		if (isRuled(type)) {
			throw Unenforceable.socket(name);
		}
		return entry(Kind.SOCKET, name, Set.of(path.startsWith("/") ? path : "/" + path), null);
	}

	private EntryPoint entry(Kind kind, String name, Set<String> paths, @Nullable Kind leadsTo) {
		boolean open = paths.stream().allMatch((path) -> this.publicPaths.cover(Set.of(), path));
		boolean undeclared = !open && this.chains.mayReadTokens(Set.of(), paths);
		return new EntryPoint(new HandlerDescription(kind, Set.of(), paths, name, open ? "public" : "", undeclared,
				false, open, true, Rule.NONE.demands()), paths, leadsTo, true, Set.of());
	}

	/**
	 * A servlet's mapping as a path pattern.
	 *
	 * @see <a href="https://jakarta.ee/specifications/servlet/6.1/">Servlet 6.1, section
	 * 12.2</a>
	 */
	static String pattern(String mapping) {
		if (mapping.isEmpty()) {
			return "/";
		}
		if (mapping.equals("/")) {
			return "/**";
		}
		if (mapping.startsWith("*.")) {
			return "/**/" + mapping;
		}
		return mapping.endsWith("/*") ? mapping + "*" : mapping;
	}

	@Override
	public boolean isUndeclared(HandlerCall call, Rule rule, EntryPointInventory all) {
		if (!(call.handler() instanceof HttpServletMapping mapping)) {
			return false;
		}
		List<PathContainer> paths = call.paths();
		if (this.dispatchers.contain(mapping.getServletName())) {
			return reached(Kind.SOCKET, paths, all.handlers()).stream().anyMatch(HandlerDescription::undeclared);
		}
		if (paths.stream().anyMatch((path) -> path.value().regionMatches(true, 0, INTERNAL, 0, INTERNAL.length()))) {
			// Only a forward of the application reaches this path, for a view.
			return false;
		}
		if (reached(Kind.RESOURCE_CLASS, paths, all.handlers()).stream().anyMatch((it) -> !it.undeclared())) {
			return false;
		}
		return this.chains.mayReadTokens(call.method(), paths.get(0).value())
				&& !paths.stream().allMatch((path) -> this.publicPaths.contain(call.method(), path));
	}

	private static List<HandlerDescription> reached(Kind kind, List<PathContainer> paths,
			List<HandlerDescription> all) {
		return all.stream()
			.filter((handler) -> handler.kind() == kind)
			.filter((handler) -> handler.patterns()
				.stream()
				.map(PathPatterns::parse)
				.anyMatch((pattern) -> paths.stream().anyMatch(pattern::matches)))
			.toList();
	}

}
