package dev.authstarter.servlet.chain;

import java.util.function.BooleanSupplier;

import dev.authstarter.event.FailureLog;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;

/**
 * Has the events of Spring Security published where somebody listens to them, by Spring
 * Security's own manager.
 */
public final class AuthenticationEvents {

	private final AuthenticationEventPublisher publisher;

	private final BooleanSupplier listened;

	private final FailureLog failures;

	/**
	 * Publish so.
	 * @param publisher what publishes
	 * @param listened tells whether anybody listens
	 * @param failures where it is noted that a listener to failures fails
	 */
	public AuthenticationEvents(AuthenticationEventPublisher publisher, BooleanSupplier listened, FailureLog failures) {
		this.publisher = publisher;
		this.listened = listened;
		this.failures = failures;
	}

	AuthenticationManagerResolver<HttpServletRequest> of(JwtAuthenticationProvider provider) {
		AuthenticationManager silent = provider::authenticate;
		ProviderManager published = new ProviderManager(provider);
		published.setAuthenticationEventPublisher(new Publisher());
		return (request) -> this.listened.getAsBoolean() ? published : silent;
	}

	/**
	 * A listener to successes may object, as everywhere in Spring Security. One to
	 * failures that fails itself must not turn the refusal of a stranger into a failure
	 * of the server.
	 */
	private final class Publisher implements AuthenticationEventPublisher {

		@Override
		public void publishAuthenticationSuccess(Authentication caller) {
			AuthenticationEvents.this.publisher.publishAuthenticationSuccess(caller);
		}

		@Override
		public void publishAuthenticationFailure(AuthenticationException exception, Authentication credentials) {
			try {
				AuthenticationEvents.this.publisher.publishAuthenticationFailure(exception, credentials);
			}
			catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
				AuthenticationEvents.this.failures.note("A listener to authentication failures fails", ex);
			}
		}

	}

}
