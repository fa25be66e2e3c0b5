package dev.authstarter.keys;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the test says, and counts.
 */
final class ScriptedSource implements JWKSetSource<SecurityContext> {

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
	public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refreshEvaluator, long currentTime,
			@Nullable SecurityContext context) throws JWKSetUnavailableException {
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
			throw new JWKSetUnavailableException("The issuer is down");
		}
		return this.keys;
	}

	@Override
	public void close() {
	}

}
