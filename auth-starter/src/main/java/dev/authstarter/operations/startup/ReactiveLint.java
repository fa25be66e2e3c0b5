package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;

/**
 * Finds what has no effect in a WebFlux application: beans that configure the reading of
 * tokens in other filter chains, and properties for servlet applications only.
 */
public final class ReactiveLint implements Lint {

	/** By name, with what to declare instead. */
	private static final Map<String, String> BEANS = new TreeMap<>(
			Map.of("org.springframework.security.oauth2.jwt.ReactiveJwtDecoder",
					"Declare an OAuth2TokenValidator<Jwt> for checks of your own.",
					"org.springframework.security.oauth2.server.resource.introspection.ReactiveOpaqueTokenIntrospector",
					"Set 'auth-starter.introspection' for opaque tokens.",
					"org.springframework.security.web.server.authentication.ServerAuthenticationConverter",
					"Tokens are read only from the Authorization header."));

	private static final String MDC = "auth-starter.organization.mdc";

	private static final String PROPAGATION = "spring.reactor.context-propagation";

	private final ListableBeanFactory beans;

	private final PropertyResolver environment;

	/**
	 * Create the check.
	 * @param beans the beans of the application
	 * @param environment the properties of the application
	 */
	public ReactiveLint(ListableBeanFactory beans, PropertyResolver environment) {
		this.beans = beans;
		this.environment = environment;
	}

	@Override
	public List<String> findings() {
		List<String> findings = new ArrayList<>();
		BEANS.forEach((type, advice) -> own(type)
			.forEach((name) -> findings.add("The filter chain of auth-starter does not use the bean '%s' (%s). %s"
				.formatted(name, ClassUtils.getShortName(type), advice))));
		if (isTrue(MDC) && !propagates()) {
			findings.add(("'%s' has no effect on WebFlux without 'io.micrometer:context-propagation' on the class path "
					+ "and '%s' set to 'auto'.")
				.formatted(MDC, PROPAGATION));
		}
		return findings;
	}

	private boolean isTrue(String property) {
		return this.environment.getProperty(property, Boolean.class, false);
	}

	private boolean propagates() {
		return "auto".equalsIgnoreCase(this.environment.getProperty(PROPAGATION))
				&& ClassUtils.isPresent("io.micrometer.context.ContextRegistry", ReactiveLint.class.getClassLoader());
	}

	private List<String> own(String className) {
		if (!ClassUtils.isPresent(className, ReactiveLint.class.getClassLoader())) {
			return List.of();
		}
		Class<?> type = ClassUtils.resolveClassName(className, ReactiveLint.class.getClassLoader());
		return Arrays.stream(this.beans.getBeanNamesForType(type, true, false)).filter((name) -> {
			Class<?> bean = this.beans.getType(name, false);
			return bean == null || !bean.getName().startsWith("dev.authstarter.");
		}).toList();
	}

}
