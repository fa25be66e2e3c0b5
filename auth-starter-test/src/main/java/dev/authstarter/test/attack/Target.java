package dev.authstarter.test.attack;

import dev.authstarter.test.attack.catalogue.AttackRequest;

/**
 * The application under attack.
 */
@FunctionalInterface
interface Target {

	/**
	 * Send a request.
	 * @param request the request
	 * @return what came back
	 */
	Answer send(AttackRequest request);

	/**
	 * Return the prefix that the paths of links have and those of requests lack.
	 * @return the context path, or an empty text
	 */
	default String contextPath() {
		return "";
	}

}
