package dev.authstarter.reactive.context;

import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.organization.CallerLogEntries;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request in the logging context (MDC) of the threads that work for it.
 * It is in Reactor's context before the handler is found, and has no entries until the
 * guards have allowed the request.
 */
final class LoggedCaller {

	private static final ThreadLocal<LoggedCaller> CURRENT = new ThreadLocal<>();

	private volatile Map<String, String> entries = Map.of();

	/** Return the caller of this thread, or {@code null} if there is none. */
	static @Nullable LoggedCaller current() {
		return CURRENT.get();
	}

	/** Set the caller of this thread. */
	void enter() {
		CURRENT.set(this);
		CallerLogEntries.set(this.entries);
	}

	/** Remove the caller of this thread. Entries of other origin stay. */
	static void leave() {
		if (CURRENT.get() != null) {
			CURRENT.remove();
			CallerLogEntries.take();
		}
	}

	/**
	 * Set the entries. The handler may be called on this thread before it is changed.
	 */
	void allow(@Nullable AccessToken caller, @Nullable Organization organization) {
		this.entries = CallerLogEntries.of(caller, organization);
		if (CURRENT.get() == this) {
			enter();
		}
	}

}
