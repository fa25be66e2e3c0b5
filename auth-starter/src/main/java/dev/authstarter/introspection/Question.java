package dev.authstarter.introspection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * An introspection call for one token, and the requests that wait for its response.
 */
final class Question {

	/**
	 * Enough for a page that sends its first requests concurrently, and few enough that
	 * requests with one token leave room for those with others.
	 */
	private static final int MAXIMUM_JOINED = 20;

	private final Semaphore joined = new Semaphore(MAXIMUM_JOINED);

	private final CompletableFuture<@Nullable IntrospectionAnswer> answer = new CompletableFuture<>();

	/**
	 * Wait for the response to the call of another request, unless too many already wait.
	 * @param patience the maximum time to wait
	 * @return the response, or {@code null} if too many wait or there is none in time
	 */
	CompletableFuture<@Nullable IntrospectionAnswer> join(Duration patience) {
		if (!this.joined.tryAcquire()) {
			return CompletableFuture.completedFuture(null);
		}
		return await(patience).whenComplete((answer, failure) -> this.joined.release());
	}

	/**
	 * Wait for the response to the request's own call.
	 * @param patience the maximum time to wait
	 * @return the response, or {@code null} if there is none in time
	 */
	CompletableFuture<@Nullable IntrospectionAnswer> await(Duration patience) {
		return this.answer.copy().completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Complete all waiting requests.
	 * @param answer the response, or {@code null} if the call could not be made
	 */
	void end(@Nullable IntrospectionAnswer answer) {
		this.answer.complete(answer);
	}

}
