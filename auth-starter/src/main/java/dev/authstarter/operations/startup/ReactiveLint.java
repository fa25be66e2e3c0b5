package dev.authstarter.operations.startup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.authstarter.RefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.core.env.PropertyResolver;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.annotation.ExceptionHandlerMethodResolver;

/**
 * Finds what has no effect in a WebFlux application: beans that configure the reading of
 * tokens in other filter chains, and properties for servlet applications only. Finds
 * advices that handle refusals before this library does.
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

	private final ApplicationContext beans;

	private final PropertyResolver environment;

	/**
	 * Create the check.
	 * @param context the application
	 */
	public ReactiveLint(ApplicationContext context) {
		this.beans = context;
		this.environment = context.getEnvironment();
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
		advicesBeforeOurs().forEach((name) -> findings
			.add(("The advice '%s' handles refusals that methods of controllers throw, because it has the highest "
					+ "precedence. Give it a lower one than Ordered.HIGHEST_PRECEDENCE.")
				.formatted(name)));
		return findings;
	}

	private List<String> advicesBeforeOurs() {
		return ControllerAdviceBean.findAnnotatedBeans(this.beans)
			.stream()
			.takeWhile((advice) -> !isOurs(advice.getBeanType()))
			.filter((advice) -> handlesRefusals(advice.getBeanType()))
			.map(ControllerAdviceBean::toString)
			.toList();
	}

	private static boolean isOurs(@Nullable Class<?> type) {
		return type != null && type.getName().equals("dev.authstarter.reactive.refusal.RefusalAdvice");
	}

	private static boolean handlesRefusals(@Nullable Class<?> type) {
		return type != null && new ExceptionHandlerMethodResolver(type)
			.resolveMethodByExceptionType(RefusedException.class) != null;
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
