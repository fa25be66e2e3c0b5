package dev.authstarter.access;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.method.HandlerMethod;

/**
 * Knows the rule of every controller method. The inventory asks for all of them at the
 * start, so that a request only looks up.
 */
final class HandlerRules {

	private final DeclaredRules declared;

	private final Map<HandlerMethod, Rule> rules = new ConcurrentHashMap<>();

	HandlerRules(DeclaredRules declared) {
		this.declared = declared;
	}

	Rule of(Object handler) {
		if (!(handler instanceof HandlerMethod perRequest)) {
			return Rule.NONE;
		}
		// Spring MVC makes a new handler per request; this is the one it knows by.
		HandlerMethod original = perRequest.getResolvedFromHandlerMethod();
		HandlerMethod method = (original != null) ? original : perRequest;
		Rule rule = this.rules.get(method);
		if (rule == null) {
			rule = read(method);
			this.rules.put(method, rule);
		}
		return rule;
	}

	private Rule read(HandlerMethod method) {
		Rule rule = this.declared.of(method.getMethod(), method.getBeanType());
		return (rule == Rule.NONE && stock(method) != null) ? Rule.STOCK : rule;
	}

	static @Nullable PreAuthorize stock(HandlerMethod method) {
		PreAuthorize stock = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), PreAuthorize.class);
		return (stock != null) ? stock
				: AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), PreAuthorize.class);
	}

}
