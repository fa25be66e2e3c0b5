package dev.authstarter.introspection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what the callers of one group may hold at a time: request threads that wait, and
 * questions under way. Callers of another group have a bulkhead of their own.
 */
final class Bulkhead {

	private final Semaphore callers;

	private final Semaphore questions;

	/**
	 * Bound a group.
	 * @param callers how many may wait for anything at a time
	 * @param questions how many questions may be under way at a time
	 */
	Bulkhead(int callers, int questions) {
		this.callers = new Semaphore(callers);
		// In the order of arrival: nobody is overtaken by those who come all the time.
		this.questions = new Semaphore(questions, true);
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
	 * Wait until another question may be asked.
	 * @param patience how long, at most
	 * @return whether it may; then it must {@link #end()}
	 */
	boolean begin(Duration patience) {
		try {
			return this.questions.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	void end() {
		this.questions.release();
	}

}
