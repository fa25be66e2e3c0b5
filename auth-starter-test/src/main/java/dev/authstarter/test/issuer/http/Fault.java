package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;

/**
 * A fault in the delivery of answers.
 */
@FunctionalInterface
public interface Fault {

	/** No fault. */
	Fault NONE = (answer, exchange, over) -> answer.send(exchange);

	/** No answer, while the connection stays open. */
	Fault HANG = (answer, exchange, over) -> over.await();

	/** The correct answer, one byte every tenth of a second. */
	Fault DRIP = (answer, exchange, over) -> {
		OutputStream out = answer.sendHead(exchange);
		for (byte next : answer.bytes()) {
			out.write(next);
			out.flush();
			if (over.await(100, TimeUnit.MILLISECONDS)) {
				return;
			}
		}
	};

	/**
	 * Deliver an answer, or not.
	 * @param answer the correct answer
	 * @param exchange the request to answer
	 * @param over reaches zero when the fault ends, which ends every wait
	 * @throws IOException if the client closed the connection
	 * @throws InterruptedException if the issuer was closed
	 */
	void pass(Answer answer, HttpExchange exchange, CountDownLatch over) throws IOException, InterruptedException;

	static Fault status(int status) {
		return (answer, exchange, over) -> Answer.status(status).send(exchange);
	}

	static Fault slow(Duration delay) {
		return (answer, exchange, over) -> {
			over.await(delay.toMillis(), TimeUnit.MILLISECONDS);
			answer.send(exchange);
		};
	}

}
