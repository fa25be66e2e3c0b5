package dev.authstarter.configuration;

/**
 * Thrown while the application starts when the rule of a handler or a bean is missing,
 * contradicts itself or cannot be enforced, when a handler would take what only the token
 * says from the request, or when a bean that should authenticate callers would not be
 * asked.
 */
@SuppressWarnings("serial")
public final class AccessRuleException extends RuntimeException {

	private final String action;

	/**
	 * Name the method or the bean, and what to do.
	 * @param problem a sentence that names class and method, or the bean
	 * @param action a sentence that says what to do
	 */
	public AccessRuleException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
