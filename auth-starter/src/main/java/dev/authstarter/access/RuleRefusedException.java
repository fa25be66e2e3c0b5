package dev.authstarter.access;

import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;

/**
 * The rule of a bean or a route refused its caller.
 */
@SuppressWarnings("serial")
public final class RuleRefusedException extends AccessDeniedException implements Refused {

	private final Refusal refusal;

	private final @Nullable String method;

	public RuleRefusedException(Refusal refusal, @Nullable String method) {
		super(refusal.reason().description());
		this.refusal = refusal;
		this.method = method;
	}

	@Override
	public Refusal refusal() {
		return this.refusal;
	}

	@Override
	public @Nullable String method() {
		return this.method;
	}

}
