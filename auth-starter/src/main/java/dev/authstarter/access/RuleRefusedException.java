package dev.authstarter.access;

import dev.authstarter.Refusal;
import dev.authstarter.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;

/**
 * Thrown when the rule of a bean method or a route denies its caller. The message names
 * the requirements and the method, and nothing of the caller.
 */
@SuppressWarnings("serial")
public final class RuleRefusedException extends AccessDeniedException implements Refused {

	private final Refusal refusal;

	private final @Nullable String method;

	public RuleRefusedException(Refusal refusal, @Nullable String method) {
		super(message(refusal, method));
		this.refusal = refusal;
		this.method = method;
	}

	private static String message(Refusal refusal, @Nullable String method) {
		String required = refusal.required().isEmpty() ? "" : ": " + String.join(", ", refusal.required());
		return refusal.reason().description() + required + ((method != null) ? " (" + method + ")" : "");
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
