package dev.authstarter.access.declaration;

import dev.authstarter.configuration.AccessRuleException;

/**
 * Creates the exceptions for rules that cannot be enforced, with the remedy.
 */
public final class Unenforceable {

	private static final String BY_PATH = "Remove the annotation and declare the path instead: "
			+ "'auth-starter.rules[0].path' with '.scopes', '.roles' or '.permissions'.";

	private Unenforceable() {
	}

	public static AccessRuleException servlet(String name) {
		return of(name, "the server calls a servlet directly and not through a proxy", BY_PATH);
	}

	public static AccessRuleException filter(String name) {
		return of(name, "the server calls a filter that is not a bean directly and not through a proxy",
				"Make the filter a bean, and register that bean after Spring Security's filter. Or remove the "
						+ "annotation.");
	}

	public static AccessRuleException socket(String name) {
		return of(name, "the threads that handle WebSocket messages have no security context",
				BY_PATH + " The rule of the path is enforced at the handshake.");
	}

	public static AccessRuleException resourceClass(String name) {
		return of(name, "Jakarta REST calls resource methods directly and not through a proxy of Spring", BY_PATH);
	}

	public static AccessRuleException listener(String name) {
		return of(name, "a broker delivers messages without an access token, so no message could fulfil it",
				"Remove the annotation. To run the method's work for a caller, use the bean CallerContextFactory.");
	}

	public static AccessRuleException call(String name) {
		return of(name, "'bindService' is not final, so gRPC calls the service itself and not its proxy",
				"Extend the generated class of the service, whose 'bindService' is final, and proxy by class "
						+ "('spring.aop.proxy-target-class' is not 'false').");
	}

	public static AccessRuleException router(String name) {
		return of(name, "Spring asks a router for the route of each request, including requests for other handlers",
				BY_PATH + " The routes of Spring MVC may have a RouteRule, too.");
	}

	private static AccessRuleException of(String name, String why, String action) {
		return new AccessRuleException("The rule of %s cannot be enforced: %s.".formatted(name, why), action);
	}

}
