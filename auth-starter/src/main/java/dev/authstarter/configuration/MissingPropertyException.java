package dev.authstarter.configuration;

/**
 * Thrown while the application starts when a property without a safe default is missing.
 */
@SuppressWarnings("serial")
public final class MissingPropertyException extends RuntimeException {

	private final String action;

	/**
	 * Name the property, why it is needed and what to set.
	 * @param property the full name, for example {@code auth-starter.issuer}
	 * @param shortName what it is, in one word
	 * @param why a sentence that says why there is no default
	 * @param value what the value is, to complete "Set 'property' to ..."
	 */
	public MissingPropertyException(String property, String shortName, String why, String value) {
		super("No %s is configured: the property '%s' is missing. %s".formatted(shortName, property, why));
		this.action = "Set '%s' to %s.".formatted(property, value);
	}

	/**
	 * Return what to do about it.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
