package dev.authstarter.keys;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;

/**
 * Returns the keys of the test, and counts fetches.
 */
final class ScriptedSource implements KeySource {

	private final AtomicInteger fetches = new AtomicInteger();

	private volatile JWKSet keys = new JWKSet();

	private volatile @Nullable RuntimeException defect;

	private volatile boolean failing;

	private volatile CountDownLatch gate = new CountDownLatch(0);

	void publish(JWK... published) {
		this.keys = new JWKSet(List.of(published));
		this.failing = false;
		this.defect = null;
	}

	void fail() {
		this.failing = true;
	}

	void failWith(RuntimeException exception) {
		this.defect = exception;
	}

	/**
	 * Let every fetch wait from now on.
	 */
	void block() {
		this.gate = new CountDownLatch(1);
	}

	void unblock() {
		this.gate.countDown();
	}

	int fetches() {
		return this.fetches.get();
	}

	@Override
	public JWKSet fetch() throws IOException {
		this.fetches.incrementAndGet();
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		RuntimeException exception = this.defect;
		if (exception != null) {
			throw exception;
		}
		if (this.failing) {
			throw new IOException("The issuer is down");
		}
		return this.keys;
	}

}
