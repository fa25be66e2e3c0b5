package dev.authstarter.test.attack.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.access.HandlerDescription.Kind;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.OrganizationSource;
import dev.authstarter.test.attack.endpoint.Endpoint.NamedBy;

import org.springframework.http.HttpHeaders;

/**
 * Creates endpoints from an application's handlers: one per HTTP method and pattern, and
 * one for a handler that is not selected by a path.
 */
public final class Endpoints {

	/**
	 * Spring Boot's description of the health endpoint, which platforms call without a
	 * token.
	 */
	private static final String HEALTH = "Actuator web endpoint 'health";

	/** Reached through the path of another handler, or not over HTTP. */
	private static final Set<Kind> WITHOUT_PATH = EnumSet.of(Kind.QUERY, Kind.MESSAGE, Kind.CALL, Kind.LISTENER);

	private final AuthStarterProperties.Organization properties;

	private final String organization;

	private final Collection<String> open;

	private final Map<String, Consumer<HttpHeaders>> headers;

	private final Map<String, String> knownPaths;

	private final SamplePath paths;

	/**
	 * Create endpoints for attacks on one organization.
	 * @param properties how requests name their organization
	 * @param organization the organization that is attacked
	 * @param open names of endpoints that accept callers without a token
	 * @param headers the headers of requests to an endpoint, by the endpoint's name
	 * @param knownPaths paths that the patterns of endpoints match, by the endpoint's
	 * name
	 */
	public Endpoints(AuthStarterProperties.Organization properties, String organization, Collection<String> open,
			Map<String, Consumer<HttpHeaders>> headers, Map<String, String> knownPaths) {
		this.properties = properties;
		this.organization = organization;
		this.open = open;
		this.headers = headers;
		this.knownPaths = knownPaths;
		this.paths = new SamplePath(this.properties.pathVariables(), this.organization);
	}

	public List<Endpoint> of(List<HandlerDescription> handlers) {
		List<Endpoint> endpoints = new ArrayList<>();
		for (HandlerDescription handler : handlers) {
			for (String method : methods(handler)) {
				for (String pattern : handler.patterns()) {
					endpoints.add(endpoint(handler, method, pattern));
				}
			}
			if (handler.patterns().isEmpty() && !WITHOUT_PATH.contains(handler.kind())) {
				endpoints.add(withoutPattern(handler));
			}
		}
		return endpoints;
	}

	/** Other handlers for all methods, for example of static resources, only read. */
	private static Set<String> methods(HandlerDescription handler) {
		if (!handler.methods().isEmpty()) {
			return handler.methods();
		}
		boolean own = handler.kind() == Kind.CONTROLLER || handler.kind() == Kind.ROUTE;
		return own ? new TreeSet<>(Set.of("GET", "POST")) : Set.of("GET");
	}

	/** It cannot be called, but must not be missing in the report. */
	private Endpoint withoutPattern(HandlerDescription handler) {
		return new Endpoint(handler.name(), handler, Needs.of(handler), "GET", null, (headers) -> {
		}, isOpen(handler, handler.name()), NamedBy.OTHER);
	}

	private Endpoint endpoint(HandlerDescription handler, String method, String pattern) {
		String name = method + " " + pattern;
		String known = this.knownPaths.get(name);
		String path = (known != null) ? known : this.paths.of(pattern);
		Needs needs = Needs.of(handler);
		boolean named = this.paths.namesOrganization(pattern);
		boolean header = !named && this.properties.sources().contains(OrganizationSource.HEADER)
				&& handler.organizationScoped();
		Consumer<HttpHeaders> all = this.headers.getOrDefault(name, (headers) -> {
		});
		if (header) {
			all = all.andThen((headers) -> headers.set(this.properties.header(), this.organization));
		}
		return new Endpoint(name, handler, needs, method, path, all, isOpen(handler, name),
				(named || header) ? NamedBy.REQUEST : namedBy(handler));
	}

	private NamedBy namedBy(HandlerDescription handler) {
		boolean token = handler.organizationScoped() && this.properties.sources().contains(OrganizationSource.TOKEN);
		return token ? NamedBy.TOKEN : NamedBy.OTHER;
	}

	private boolean isOpen(HandlerDescription handler, String name) {
		return handler.rule().equals("public") || this.open.contains(name)
				|| (handler.kind() == Kind.ENDPOINT && handler.name().startsWith(HEALTH));
	}

}
