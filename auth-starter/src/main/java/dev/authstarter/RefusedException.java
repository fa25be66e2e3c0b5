package dev.authstarter;

import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * A refusal as an authentication exception of Spring Security. Its message is the
 * reason's constant description.
 */
@SuppressWarnings("serial")
public final class RefusedException extends OAuth2AuthenticationException implements Refused {

	private final Refusal refusal;

	/**
	 * Create an exception for a refusal.
	 * @param refusal the reason and what is required
	 */
	public RefusedException(Refusal refusal) {
		super(new OAuth2Error(refusal.reason().code(), refusal.reason().description(), null),
				refusal.reason().description());
		this.refusal = refusal;
	}

	@Override
	public Refusal refusal() {
		return this.refusal;
	}

}
