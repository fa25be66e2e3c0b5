package dev.authstarter.test.attack;

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

}
