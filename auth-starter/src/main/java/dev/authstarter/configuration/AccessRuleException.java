package dev.authstarter.configuration;

/**
 * Thrown while the application starts when the rule of a handler or a bean is missing,
 * contradicts itself or cannot be enforced, when a handler would read data of the token
 * from the request instead, or when a bean that should authenticate callers would not be
 * called.
 */
@SuppressWarnings("serial")
public final class AccessRuleException extends RuntimeException {

	private final String action;

	/**
	 * Create an exception.
	 * @param problem a sentence that names class and method, or the bean
	 * @param action a sentence that says what to do
	 */
	public AccessRuleException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	/**
	 * Return the action that fixes the problem.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
