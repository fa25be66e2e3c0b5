package dev.authstarter.configuration;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Validates that values of properties are within bounds.
 */
public final class Bounds {

	private Bounds() {
	}

	/**
	 * Require that a value is within bounds.
	 * @param <T> its type
	 * @param property the name of the property
	 * @param value its value
	 * @param least the minimum, inclusive
	 * @param most the maximum, inclusive
	 * @param sentence the message, which names the bounds
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
