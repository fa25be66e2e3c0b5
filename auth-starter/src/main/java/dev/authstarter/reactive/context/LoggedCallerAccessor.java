package dev.authstarter.reactive.context;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets Reactor set and remove the caller in the logging context (MDC) wherever it
 * propagates contexts to threads. Loaded by {@code context-propagation} as a service; in
 * servlet applications there is nothing to propagate.
 */
public final class LoggedCallerAccessor implements ThreadLocalAccessor<LoggedCaller> {

	@Override
	public Object key() {
		return LoggedCaller.class;
	}

	@Override
	public @Nullable LoggedCaller getValue() {
		return LoggedCaller.current();
	}

	@Override
	public void setValue(LoggedCaller caller) {
		caller.enter();
	}

	@Override
	public void setValue() {
		LoggedCaller.leave();
	}

}
