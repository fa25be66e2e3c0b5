package dev.authstarter.test.attack;

import dev.authstarter.test.attack.catalogue.AttackRequest;

/**
 * The application under attack, however it is reached.
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
	 * Return what the paths of links begin with and those of requests do not.
	 * @return the context path, or an empty text
	 */
	default String contextPath() {
		return "";
	}

}
