package dev.authstarter.operations.startup;

import java.util.List;

/**
 * Finds what is allowed and yet rarely meant, once the application has started.
 */
@FunctionalInterface
public interface Lint {

	/**
	 * Look.
	 * @return a sentence for each finding
	 */
	List<String> findings();

}
