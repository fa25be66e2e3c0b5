package dev.authstarter.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.authstarter.Reason;
import dev.authstarter.event.AuthListener;
import dev.authstarter.event.RequestRefused;
import dev.authstarter.refusal.Reasons;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs one line per refusal, but only a few per minute for each reason, so that many
 * refusals for one reason neither fill the disk nor hide other reasons. At DEBUG every
 * refusal is logged.
 */
final class RefusalLog implements AuthListener {

	/**
	 * The name of the logger, which operators configure. It is part of the public
	 * contract.
	 */
	static final String NAME = "dev.authstarter.refusals";

	static final int LINES = 5;

	static final Duration WINDOW = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(NAME);

	private final Clock clock;

	private final Map<Reason, AtomicReference<Window>> windows;

	/**
	 * The common window of all reasons that are not beans, whose number is not bounded.
	 */
	private final AtomicReference<Window> others = new AtomicReference<>(Window.NONE);

	RefusalLog(Clock clock, Reasons reasons) {
		this.clock = clock;
		this.windows = reasons.all()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Function.identity(), (reason) -> new AtomicReference<>(Window.NONE)));
	}

	@Override
	public void requestRefused(RequestRefused refused) {
		if (logger.isDebugEnabled()) {
			write(Level.DEBUG, refused, 0);
			return;
		}
		long now = this.clock.millis();
		Window before = this.windows.getOrDefault(refused.reason(), this.others)
			.getAndUpdate((window) -> window.next(now));
		if (before.next(now).lines() <= LINES) {
			write(level(refused.reason()), refused, before.heldBack(now));
		}
	}

	private static Level level(Reason reason) {
		if (Reason.CALLER_LOST.equals(reason)) {
			// Only a change of the application fixes it.
			return Level.ERROR;
		}
		return (reason.status() >= 500) ? Level.WARN : Level.INFO;
	}

	private static void write(Level level, RequestRefused refused, int heldBack) {
		LoggingEventBuilder line = logger.atLevel(level).addKeyValue("reason", refused.reason().code());
		StringBuilder text = new StringBuilder("Refused: ").append(refused.reason().code());
		for (Map.Entry<String, String> fact : facts(refused, heldBack).entrySet()) {
			line = line.addKeyValue(fact.getKey(), fact.getValue());
			text.append(", ").append(fact.getKey()).append(' ').append(fact.getValue());
		}
		if (Reason.CALLER_LOST.equals(refused.reason())) {
			text.append(". It was called on a thread to which the caller was not propagated.");
		}
		line.log(text.toString());
	}

	/** Return the facts for the text of the line and for its key-value pairs. */
	private static Map<String, String> facts(RequestRefused refused, int heldBack) {
		Map<String, String> facts = new LinkedHashMap<>();
		put(facts, "issuer", refused.issuer());
		put(facts, "handler", refused.handler());
		put(facts, "client", refused.client());
		put(facts, "trace", refused.traceId());
		put(facts, "method", refused.method());
		put(facts, "suppressed", (heldBack > 0) ? String.valueOf(heldBack) : null);
		return facts;
	}

	private static void put(Map<String, String> facts, String name, @Nullable String value) {
		if (value != null) {
			facts.put(name, value);
		}
	}

	/**
	 * One minute of refusals for one reason.
	 *
	 * @param start the time at which it began
	 * @param lines the number of lines since, including those that were not logged
	 */
	private record Window(long start, int lines) {

		static final Window NONE = new Window(Long.MIN_VALUE, 0);

		Window next(long now) {
			return isOver(now) ? new Window(now, 1) : new Window(this.start, Math.min(this.lines, 1_000_000) + 1);
		}

		int heldBack(long now) {
			return isOver(now) ? Math.max(0, this.lines - LINES) : 0;
		}

		private boolean isOver(long now) {
			return this.start == Long.MIN_VALUE || now - this.start >= WINDOW.toMillis();
		}

	}

}
