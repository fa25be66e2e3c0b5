package dev.authstarter.configuration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Holds values of properties to their bounds.
 */
public final class Bounds {

	private Bounds() {
	}

	/**
	 * Require that a value is within bounds.
	 * @param <T> its type
	 * @param property the name of the property
	 * @param value its value
	 * @param least the least that is allowed
	 * @param most the most that is allowed
	 * @param sentence what is allowed, for the developer
	 * @return the value
	 * @throws InvalidConfigurationPropertyValueException if it is out of bounds
	 */
	public static <T extends Comparable<T>> T require(String property, T value, T least, T most, String sentence) {
		if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
			throw new InvalidConfigurationPropertyValueException(property, value, sentence);
		}
		return value;
	}

}
