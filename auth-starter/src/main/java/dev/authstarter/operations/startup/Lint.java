package dev.authstarter.operations.startup;

import java.util.List;

/**
 * Finds configuration that is allowed but rarely intended, at the end of start-up.
 */
@FunctionalInterface
public interface Lint {

	/**
	 * Return the findings.
	 * @return a sentence for each finding
	 */
	List<String> findings();

}
