package dev.authstarter.selector;

/**
 * Thrown while the application starts when a selector or a predicate is invalid.
 */
@SuppressWarnings("serial")
public final class InvalidSelectorException extends RuntimeException {

	public InvalidSelectorException(String text, int position, String problem) {
		super("'%s' cannot be read at position %d: %s.".formatted(text, position + 1, problem));
	}

}
