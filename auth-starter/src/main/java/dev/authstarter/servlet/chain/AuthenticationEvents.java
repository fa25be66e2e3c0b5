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
 * Publishes the authentication events of Spring Security through its
 * {@link ProviderManager}, if the application listens to them.
 */
public final class AuthenticationEvents {

	private final AuthenticationEventPublisher publisher;

	private final BooleanSupplier listened;

	private final FailureLog failures;

	/**
	 * Create a publisher of events.
	 * @param publisher publishes the events
	 * @param listened whether the application listens to them
	 * @param failures logs the failures of listeners to authentication failures
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
	 * A listener to successes may throw an exception to refuse the request, as elsewhere
	 * in Spring Security. An exception of a listener to failures is logged, so that an
	 * invalid token is still answered with 401 and not with 500.
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
				AuthenticationEvents.this.failures.note("A listener for authentication failures failed", ex);
			}
		}

	}

}
