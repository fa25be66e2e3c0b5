package dev.authstarter.introspection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.authstarter.Reason;
import dev.authstarter.event.AuthListener.Outcome;
import dev.authstarter.event.AuthListeners;
import dev.authstarter.event.Pause;
import dev.authstarter.issuer.IssuerHttpClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls an introspection endpoint.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 section 2</a>
 */
final class IntrospectionClient {

	private static final Log logger = LogFactory.getLog(Introspection.class);

	private final IntrospectionEndpoint endpoint;

	private final IssuerHttpClient http;

	private final Clock clock;

	private final AuthListeners listeners;

	private final CircuitBreaker breaker;

	private final Pause refusals;

	IntrospectionClient(IntrospectionEndpoint endpoint, IssuerHttpClient http, Clock clock, AuthListeners listeners) {
		this.endpoint = endpoint;
		this.http = http;
		this.clock = clock;
		this.listeners = listeners;
		this.breaker = new CircuitBreaker(endpoint, clock);
		this.refusals = new Pause(CircuitBreaker.WARNING_INTERVAL, clock);
	}

	/**
	 * Return whether the endpoint may be called now, or calls are paused.
	 */
	boolean isAvailable() {
		return !this.breaker.isOpen();
	}

	/**
	 * Introspect a token, without waiting for the response.
	 * @return the response, within the endpoint's timeout, or {@code null} if the
	 * endpoint may not be called
	 */
	CompletableFuture<@Nullable IntrospectionAnswer> ask(String token) {
		if (!this.breaker.tryPass()) {
			return CompletableFuture.completedFuture(null);
		}
		Instant askedAt = this.clock.instant();
		long start = System.nanoTime();
		return this.http
			.post(this.endpoint.uri(), this.endpoint.authorization(),
					"token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&token_type_hint=access_token",
					start + this.endpoint.timeout().toNanos())
			.handle((claims, failure) -> answer(claims, failure, askedAt, Duration.ofNanos(System.nanoTime() - start)));
	}

	/**
	 * Report that the endpoint was not called for a request.
	 * @return the result for the request
	 */
	IntrospectionAnswer skipped() {
		this.listeners.tokenIntrospected(Outcome.SKIPPED, Duration.ZERO);
		return IntrospectionAnswer.refused(Reason.INTROSPECTION_UNAVAILABLE, this.clock.instant());
	}

	private IntrospectionAnswer answer(@Nullable Map<String, Object> claims, @Nullable Throwable failure,
			Instant askedAt, Duration took) {
		if (claims == null) {
			return unanswered(cause(failure), took);
		}
		this.listeners.tokenIntrospected(Outcome.SUCCESS, took);
		this.breaker.succeed();
		// Only the JSON boolean is accepted, because the text "false" is ambiguous.
		if (!Boolean.TRUE.equals(claims.get("active"))) {
			return IntrospectionAnswer.refused(Reason.INACTIVE_TOKEN, this.clock.instant());
		}
		// The token may have been revoked while the response was on its way.
		return IntrospectionAnswer.active(claims, askedAt);
	}

	private IntrospectionAnswer unanswered(@Nullable Throwable failure, Duration took) {
		Instant now = this.clock.instant();
		String message = (failure != null) ? String.valueOf(failure.getMessage()) : "no answer";
		Unanswered meaning = Unanswered.of(failure);
		this.listeners.tokenIntrospected((meaning == Unanswered.TOKEN) ? Outcome.SUCCESS : Outcome.FAILURE, took);
		switch (meaning) {
			case SERVER -> this.breaker.fail(message);
			case BUSY -> this.breaker.pause(Unanswered.pause(failure, now), message);
			case UNCLEAR -> warn("%s. The cause is either the token or the address of the endpoint", message);
			case TOKEN -> {
				// Any response shows that the endpoint is available.
				this.breaker.succeed();
				warn("%s. The token is treated as not active", message);
				return IntrospectionAnswer.refused(Reason.INACTIVE_TOKEN, now);
			}
		}
		return IntrospectionAnswer.refused(Reason.INTROSPECTION_UNAVAILABLE, now);
	}

	/**
	 * Unauthenticated clients can cause these warnings, so they are limited separately.
	 */
	private void warn(String format, String message) {
		if (this.refusals.tryBegin()) {
			logger.warn(format.formatted(message));
		}
	}

	/** Stages of a future wrap the original exception. */
	private static @Nullable Throwable cause(@Nullable Throwable failure) {
		return (failure instanceof CompletionException) ? failure.getCause() : failure;
	}

}
