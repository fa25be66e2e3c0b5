package dev.authstarter.introspection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Bounds what the callers of one group may hold at a time: requests that wait, and
 * questions under way. Callers of another group have a bulkhead of their own.
 */
final class Bulkhead {

	private final Semaphore callers;

	/** In the order of arrival: no question is overtaken by those that come later. */
	private final Queue<CompletableFuture<Boolean>> waiting = new ArrayDeque<>();

	private int free;

	/**
	 * Bound a group.
	 * @param callers how many may wait for anything at a time
	 * @param questions how many questions may be under way at a time
	 */
	Bulkhead(int callers, int questions) {
		this.callers = new Semaphore(callers);
		this.free = questions;
	}

	/**
	 * Let a caller wait, if there is room.
	 * @return whether there is; then the caller must {@link #leave()}
	 */
	boolean enter() {
		return this.callers.tryAcquire();
	}

	void leave() {
		this.callers.release();
	}

	/**
	 * Let another question be asked, now or when one ends.
	 * @param patience how long it may wait for that
	 * @return whether it may be asked; then it must {@link #end()}
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

	/** End a question, and let the next one begin that still waits. */
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
