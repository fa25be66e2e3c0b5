package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;

/**
 * The current fault of the whole issuer, and the signal of its end, for which some
 * requests wait.
 */
public final class Outage {

	private volatile Active active = new Active(Fault.NONE);

	public void pass(Answer answer, HttpExchange exchange) throws IOException, InterruptedException {
		Active current = this.active;
		current.fault().pass(answer, exchange, current.over());
	}

	public synchronized void replace(Fault next) {
		Active last = this.active;
		this.active = new Active(next);
		last.over().countDown();
	}

	/**
	 * A fault and the signal of its end.
	 *
	 * @param fault the fault
	 * @param over reaches zero when the fault ends
	 */
	private record Active(Fault fault, CountDownLatch over) {

		Active(Fault fault) {
			this(fault, new CountDownLatch(1));
		}

	}

}
