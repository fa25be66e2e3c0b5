package dev.authstarter.access;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.annotation.SecurityAnnotationScanner;
import org.springframework.security.core.annotation.SecurityAnnotationScanners;
import org.springframework.web.method.HandlerMethod;

/**
 * Knows the rule of every controller method. A declaration on the method replaces the one
 * of its class, for each annotation by itself.
 */
final class HandlerRules {

	private final SecurityAnnotationScanner<RequiresScope> scopes = SecurityAnnotationScanners
		.requireUnique(RequiresScope.class);

	private final SecurityAnnotationScanner<RequiresRole> roles = SecurityAnnotationScanners
		.requireUnique(RequiresRole.class);

	private final Map<HandlerMethod, Rule> rules = new ConcurrentHashMap<>();

	Rule ruleOf(Object handler) {
		return (handler instanceof HandlerMethod method) ? this.rules.computeIfAbsent(declared(method), this::read)
				: Rule.NONE;
	}

	/** Spring MVC makes a new handler per request; this is the one it knows by. */
	private static HandlerMethod declared(HandlerMethod method) {
		HandlerMethod declared = method.getResolvedFromHandlerMethod();
		return (declared != null) ? declared : method;
	}

	private Rule read(HandlerMethod handler) {
		Method method = handler.getMethod();
		Class<?> type = handler.getBeanType();
		RequiresScope scope = this.scopes.scan(method, type);
		RequiresRole role = this.roles.scan(method, type);
		return new Rule(values((scope != null) ? scope.value() : null), values((role != null) ? role.value() : null));
	}

	private static List<String> values(String @Nullable [] values) {
		return (values != null) ? List.of(values) : List.of();
	}

}
