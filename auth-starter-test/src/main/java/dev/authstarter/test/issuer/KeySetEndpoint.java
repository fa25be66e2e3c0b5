package dev.authstarter.test.issuer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.key.KeyRing;

/**
 * The endpoint of the key set (RFC 7517 section 5), and a second one to which the first
 * can redirect.
 */
final class KeySetEndpoint {

	private final KeyRing keys;

	private final AtomicInteger fetches = new AtomicInteger();

	private final AtomicInteger followedRedirects = new AtomicInteger();

	private volatile UnaryOperator<Answer> fault = UnaryOperator.identity();

	KeySetEndpoint(KeyRing keys) {
		this.keys = keys;
	}

	Answer answer() {
		this.fetches.incrementAndGet();
		return this.fault.apply(Answer.json(this.keys.document()));
	}

	Answer answerMoved() {
		this.followedRedirects.incrementAndGet();
		return Answer.json(this.keys.document());
	}

	void breakWith(UnaryOperator<Answer> fault) {
		this.fault = fault;
	}

	int fetches() {
		return this.fetches.get();
	}

	int followedRedirects() {
		return this.followedRedirects.get();
	}

	void recover() {
		this.fault = UnaryOperator.identity();
	}

	void resetCounters() {
		this.fetches.set(0);
		this.followedRedirects.set(0);
	}

}
