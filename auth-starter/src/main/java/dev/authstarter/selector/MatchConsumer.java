package dev.authstarter.selector;

import org.jspecify.annotations.Nullable;

/**
 * Takes what a selector finds, one call for each value.
 */
@FunctionalInterface
public interface MatchConsumer {

	/**
	 * Take a value.
	 * @param binding what the captures of the path bound
	 * @param member the name of the value, or {@code null} for an element of a list
	 * @param value the value, or {@code null} where a capture consumed it
	 */
	void found(Binding binding, @Nullable String member, @Nullable Object value);

}
