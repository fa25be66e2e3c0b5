package dev.authstarter.test.coverage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

import dev.authstarter.access.HandlerDescription;

/**
 * The calls of all tests of this JVM, in all application contexts.
 */
final class Tries {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final Tries OF_THIS_JVM = new Tries();

	private final Map<String, HandlerDescription> handlers = new ConcurrentSkipListMap<>();

	private final Set<String> allowed = ConcurrentHashMap.newKeySet();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private volatile boolean counting;

	private int requests;

	static Tries ofThisJvm() {
		return OF_THIS_JVM;
	}

	/**
	 * Begin to count. Known handlers are kept, because the contexts that have them may be
	 * cached.
	 */
	void begin() {
		this.allowed.clear();
		this.refused.clear();
		this.counting = true;
	}

	void end() {
		this.counting = false;
	}

	boolean isCounting() {
		return this.counting;
	}

	void know(Collection<HandlerDescription> handlers) {
		handlers.stream().filter(Tries::counts).forEach((handler) -> this.handlers.put(name(handler), handler));
	}

	/** Handlers of the framework are not counted. */
	private static boolean counts(HandlerDescription handler) {
		return handler.kind() == HandlerDescription.Kind.CONTROLLER || handler.kind() == HandlerDescription.Kind.ROUTE;
	}

	synchronized void requestBegins() {
		this.requests++;
	}

	synchronized void requestEnds() {
		this.requests--;
		notifyAll();
	}

	/**
	 * Wait for requests in progress. With a server, a client may have the answer before
	 * the server has finished the request.
	 */
	synchronized void awaitRequests() {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		try {
			for (long left = PATIENCE.toMillis(); this.requests > 0
					&& left > 0; left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
				wait(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void allowed(HandlerDescription handler) {
		this.allowed.add(name(handler));
	}

	void refused(HandlerDescription handler) {
		this.refused.add(name(handler));
	}

	int known() {
		return this.handlers.size();
	}

	/**
	 * List the handlers that lack an allowed or a refused call.
	 * @return a line per handler; empty if there are no gaps
	 */
	List<String> gaps() {
		List<String> gaps = new ArrayList<>();
		this.handlers.forEach((name, handler) -> {
			boolean neverAllowed = !this.allowed.contains(name);
			// Public handlers refuse no caller.
			boolean neverRefused = !this.refused.contains(name) && !handler.rule().equals("public");
			if (neverAllowed || neverRefused) {
				gaps.add("%s: never called by a caller who is %s".formatted(name, !neverRefused ? "allowed"
						: !neverAllowed ? "refused" : "allowed, nor with one who is refused"));
			}
		});
		return gaps;
	}

	private static String name(HandlerDescription handler) {
		return "%s %s (%s)".formatted(handler.methods().isEmpty() ? "ANY" : String.join(",", handler.methods()),
				String.join(" ", handler.patterns()), handler.name());
	}

}
