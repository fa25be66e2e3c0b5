package dev.authstarter.access;

import dev.authstarter.Refusal;
import dev.authstarter.Refused;

import org.springframework.security.access.AccessDeniedException;

/**
 * The rule of a bean or a route refused its caller.
 */
@SuppressWarnings("serial")
final class RuleRefusedException extends AccessDeniedException implements Refused {

	private final transient Refusal refusal;

	RuleRefusedException(Refusal refusal) {
		super(refusal.reason().description());
		this.refusal = refusal;
	}

	@Override
	public Refusal refusal() {
		return this.refusal;
	}

}
