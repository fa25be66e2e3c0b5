package dev.authstarter.test.attack;

import java.time.Duration;

import dev.authstarter.test.attack.catalogue.AttackRequest;

/**
 * The application under attack.
 */
@FunctionalInterface
interface Target {

	/** The time until the status must be known. */
	Duration TIMEOUT = Duration.ofSeconds(30);

	/** The time for which a body is read, because a stream may have no end. */
	Duration BODY_TIME = Duration.ofSeconds(2);

	/** The number of bytes after which a body is not read further. */
	int BODY_SIZE = 16 * 1024 * 1024;

	/**
	 * Send a request. The status counts as soon as it is known, even if the body has no
	 * end.
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
