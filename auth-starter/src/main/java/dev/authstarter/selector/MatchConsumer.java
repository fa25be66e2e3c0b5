package dev.authstarter.selector;

import org.jspecify.annotations.Nullable;

/**
 * Receives the values that a selector finds, one call for each.
 */
@FunctionalInterface
public interface MatchConsumer {

	/**
	 * Receive a value.
	 * @param binding the values that the captures of the path bound
	 * @param member the name of the value, or {@code null} for an element of a list
	 * @param value the value, or {@code null} if a capture consumed it
	 */
	void found(Binding binding, @Nullable String member, @Nullable Object value);

}
