package dev.authstarter.test.attack.endpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.authstarter.access.HandlerDescription;
import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.configuration.OrganizationSource;
import dev.authstarter.test.attack.endpoint.Endpoint.NamedBy;

import org.springframework.http.HttpHeaders;

/**
 * Creates endpoints from an application's handlers: one per HTTP method and pattern.
 */
public final class Endpoints {

	/**
	 * Spring Boot's description of the health endpoint, which platforms call without a
	 * token.
	 */
	private static final String HEALTH = "Actuator web endpoint 'health";

	private final AuthStarterProperties.Organization properties;

	private final String organization;

	private final Collection<String> open;

	private final Map<String, Consumer<HttpHeaders>> headers;

	private final SamplePath paths;

	/**
	 * Create endpoints for attacks on one organization.
	 * @param properties how requests name their organization
	 * @param organization the organization that is attacked
	 * @param open names of endpoints that accept callers without a token
	 * @param headers the headers of requests to an endpoint, by the endpoint's name
	 */
	public Endpoints(AuthStarterProperties.Organization properties, String organization, Collection<String> open,
			Map<String, Consumer<HttpHeaders>> headers) {
		this.properties = properties;
		this.organization = organization;
		this.open = open;
		this.headers = headers;
		this.paths = new SamplePath(this.properties.pathVariables(), this.organization);
	}

	public List<Endpoint> of(List<HandlerDescription> handlers) {
		List<Endpoint> endpoints = new ArrayList<>();
		for (HandlerDescription handler : handlers) {
			for (String method : handler.methods().isEmpty() ? Set.of("GET") : handler.methods()) {
				for (String pattern : handler.patterns()) {
					endpoints.add(endpoint(handler, method, pattern));
				}
			}
		}
		return endpoints;
	}

	private Endpoint endpoint(HandlerDescription handler, String method, String pattern) {
		String name = method + " " + pattern;
		String path = this.paths.of(pattern);
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
				|| (handler.kind() == HandlerDescription.Kind.ENDPOINT && handler.name().startsWith(HEALTH));
	}

}
