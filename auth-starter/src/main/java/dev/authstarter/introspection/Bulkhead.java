package dev.authstarter.introspection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Limits the waiting requests and the running introspection calls of one group of
 * callers. Each group has its own bulkhead.
 */
final class Bulkhead {

	private final Semaphore callers;

	/** In the order of arrival. */
	private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();

	private int free;

	/**
	 * Create the limits of a group.
	 * @param callers the maximum number of waiting callers
	 * @param questions the maximum number of running calls
	 */
	Bulkhead(int callers, int questions) {
		this.callers = new Semaphore(callers);
		this.free = questions;
	}

	/**
	 * Reserve a place for a waiting caller.
	 * @return whether there was one; then the caller must {@link #leave()}
	 */
	boolean enter() {
		return this.callers.tryAcquire();
	}

	void leave() {
		this.callers.release();
	}

	/**
	 * Reserve a place for a call, now or when another call ends.
	 * @param patience the maximum time to wait for a place
	 * @return whether there was one in time; then the caller must {@link #end()}
	 */
	CompletableFuture<Boolean> begin(Duration patience) {
		CompletableFuture<Boolean> turn = new CompletableFuture<>();
		synchronized (this.waiting) {
			if (this.free > 0) {
				this.free--;
				return CompletableFuture.completedFuture(true);
			}
			if (patience.isZero()) {
				return CompletableFuture.completedFuture(false);
			}
			this.waiting.add(turn);
		}
		return turn.completeOnTimeout(false, patience.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Release the place of a call to the next one that still waits. */
	void end() {
		CompletableFuture<Boolean> next;
		do {
			next = next();
		}
		while (next != null && !next.complete(true));
	}

	private @Nullable CompletableFuture<Boolean> next() {
		synchronized (this.waiting) {
			CompletableFuture<Boolean> next = this.waiting.poll();
			if (next == null) {
				this.free++;
			}
			return next;
		}
	}

}
