package dev.authstarter.introspection;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A question about one token, and those who wait for its answer.
 */
final class Question {

	/**
	 * Enough for a page that sends its first requests all at once, and few enough that
	 * requests with one token leave room for those with others.
	 */
	private static final int MAXIMUM_JOINED = 20;

	private final Semaphore joined = new Semaphore(MAXIMUM_JOINED);

	private final CompletableFuture<@Nullable IntrospectionAnswer> answer = new CompletableFuture<>();

	/**
	 * Wait for the answer to a question that another request asked, if not too many do.
	 * @param patience how long, at most
	 * @return the answer, or {@code null} if too many wait or there is none in time
	 */
	CompletableFuture<@Nullable IntrospectionAnswer> join(Duration patience) {
		if (!this.joined.tryAcquire()) {
			return CompletableFuture.completedFuture(null);
		}
		return await(patience).whenComplete((answer, failure) -> this.joined.release());
	}

	/**
	 * Wait for the answer to a question of one's own.
	 * @param patience how long, at most
	 * @return the answer, or {@code null} if there is none in time
	 */
	CompletableFuture<@Nullable IntrospectionAnswer> await(Duration patience) {
		return this.answer.copy().completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Give all who wait the answer.
	 * @param answer the answer, or {@code null} if the question could not be asked
	 */
	void end(@Nullable IntrospectionAnswer answer) {
		this.answer.complete(answer);
	}

}
