package dev.authstarter.seam;

import org.springframework.boot.test.system.CapturedOutput;

/**
 * The effect of a property or a bean.
 *
 * @param outcome the word in the table
 * @param check tests it
 */
record Seam(String outcome, Check check) {

	/**
	 * Tests the statement of a row.
	 */
	@FunctionalInterface
	interface Check {

		void run(CapturedOutput output);

	}

}
