package dev.authstarter.test.issuer;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;

/**
 * The introspection endpoint for opaque tokens (RFC 7662).
 */
final class IntrospectionEndpoint {

	private final Clients clients;

	private final AtomicInteger questions = new AtomicInteger();

	private volatile UnaryOperator<Answer> fault = UnaryOperator.identity();

	IntrospectionEndpoint(Clients clients) {
		this.clients = clients;
	}

	Answer answer(FormRequest request) {
		this.questions.incrementAndGet();
		return this.fault.apply(this.clients.introspect(request));
	}

	void breakWith(UnaryOperator<Answer> fault) {
		this.fault = fault;
	}

	int questions() {
		return this.questions.get();
	}

	void recover() {
		this.fault = UnaryOperator.identity();
	}

	void resetCounters() {
		this.questions.set(0);
	}

}
