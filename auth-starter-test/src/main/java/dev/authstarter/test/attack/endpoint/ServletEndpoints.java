package dev.authstarter.test.attack.endpoint;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.authstarter.CallerType;
import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Demands;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AuthStarterProperties;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Finds the servlets of a container other than that of Spring MVC.
 */
public final class ServletEndpoints {

	/** The name under which Spring Boot registers the servlet of Spring MVC. */
	private static final String MVC = "dispatcherServlet";

	private ServletEndpoints() {
	}

	/**
	 * Add the servlets that the inventory does not list. Without a server there are none.
	 */
	public static List<HandlerDescription> beside(List<HandlerDescription> handlers, BeanFactory application,
			AuthStarterProperties properties) {
		ServletContext container = (application instanceof WebApplicationContext web) ? web.getServletContext() : null;
		List<HandlerDescription> all = new ArrayList<>(handlers);
		if (container != null) {
			container.getServletRegistrations()
				.values()
				.stream()
				.filter((servlet) -> !servlet.getName().equals(MVC) && !servlet.getMappings().isEmpty())
				.map((servlet) -> handler(servlet, properties))
				.filter((servlet) -> handlers.stream()
					.noneMatch((handler) -> handler.patterns().equals(servlet.patterns())))
				.forEach(all::add);
		}
		return all;
	}

	private static HandlerDescription handler(ServletRegistration servlet, AuthStarterProperties properties) {
		Set<String> patterns = servlet.getMappings()
			.stream()
			.map(ServletEndpoints::pattern)
			.collect(Collectors.toSet());
		boolean open = patterns.stream().allMatch((pattern) -> isPublic(pattern, properties));
		return new HandlerDescription(Kind.OTHER, Set.of(), patterns, "servlet '%s'".formatted(servlet.getName()),
				open ? "public" : "", !open, false, open, true,
				new Demands(List.of(), List.of(), List.of(), EnumSet.allOf(CallerType.class)));
	}

	private static boolean isPublic(String pattern, AuthStarterProperties properties) {
		PathContainer path = PathContainer.parsePath(pattern);
		return properties.publicPaths()
			.stream()
			.anyMatch((open) -> PathPatternParser.defaultInstance.parse(open).matches(path));
	}

	/**
	 * Convert the mapping of a servlet to a path pattern.
	 *
	 * @see <a href="https://jakarta.ee/specifications/servlet/6.1/">Servlet 6.1, section
	 * 12.2</a>
	 */
	static String pattern(String mapping) {
		if (mapping.isEmpty() || mapping.equals("/")) {
			return mapping.isEmpty() ? "/" : "/**";
		}
		if (mapping.startsWith("*.")) {
			return "/**/" + mapping;
		}
		return mapping.endsWith("/*") ? mapping + "*" : mapping;
	}

}
