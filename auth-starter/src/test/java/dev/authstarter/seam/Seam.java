package dev.authstarter.seam;

import org.springframework.boot.test.system.CapturedOutput;

/**
 * What becomes of a property or a bean.
 *
 * @param outcome the word in the table
 * @param check shows it
 */
record Seam(String outcome, Check check) {

	/**
	 * Shows what a row says.
	 */
	@FunctionalInterface
	interface Check {

		void run(CapturedOutput output);

	}

}
