package dev.authstarter.token;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.AuthListener.Inquiry;
import dev.authstarter.AuthListeners;
import dev.authstarter.Reason;
import dev.authstarter.http.HttpJson;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Asks the issuer about tokens that only it can read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662#section-2">RFC 7662 section 2</a>
 */
final class Introspection {

	/*
	 * Only what the issuer calls active is kept, under a digest of the token and for a
	 * short time: strangers can neither fill nor empty the memory, and nobody finds a
	 * token in it. What is kept is what the issuer said, never a decision: expiry,
	 * audience and all else are judged anew on every request.
	 *
	 * Requests with the same token share one question. The number of questions under way
	 * is bounded, and an endpoint that fails again and again is left alone for a moment,
	 * so that neither a flood nor an outage parks the request threads.
	 */

	private static final Log logger = LogFactory.getLog(Introspection.class);

	private static final int MAXIMUM_ANSWERS = 10_000;

	private static final int MAXIMUM_QUESTIONS = 50;

	private static final int FAILURES_TO_PAUSE = 5;

	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);

	private final IntrospectionEndpoint endpoint;

	private final HttpJson http;

	private final Clock clock;

	private final AuthListeners listeners;

	private final AsyncCache<String, Answer> answers = Caffeine.newBuilder().maximumSize(MAXIMUM_ANSWERS).buildAsync();

	private final Semaphore questions = new Semaphore(MAXIMUM_QUESTIONS);

	private final AtomicInteger failures = new AtomicInteger();

	private final AtomicReference<Instant> nextWarning = new AtomicReference<>(Instant.MIN);

	private volatile Instant pausedUntil = Instant.MIN;

	Introspection(IntrospectionEndpoint endpoint, Clock clock, AuthListeners listeners) {
		this.endpoint = endpoint;
		this.http = new HttpJson(endpoint.timeout());
		this.clock = clock;
		this.listeners = listeners;
	}

	/**
	 * Ask what a token says.
	 * @param token a token that is not a JWT
	 * @return the claims of an active token
	 * @throws RefusedTokenException if the token is not active
	 * @throws UnverifiableTokenException if the issuer does not say
	 */
	Map<String, Object> claims(String token) {
		String digest = digest(token);
		CompletableFuture<Answer> known = this.answers.getIfPresent(digest);
		if (known != null && isStale(known.join())) {
			this.answers.asMap().remove(digest, known);
			known = null;
		}
		Answer answer = (known != null) ? known.join() : ask(digest, token);
		if (answer.refused() == Reason.INACTIVE_TOKEN) {
			throw new RefusedTokenException(Reason.INACTIVE_TOKEN);
		}
		if (answer.refused() != null) {
			throw new UnverifiableTokenException(answer.refused());
		}
		return answer.claims();
	}

	private boolean isStale(Answer answer) {
		return !this.clock.instant().isBefore(answer.askedAt().plus(this.endpoint.timeToLive()));
	}

	private Answer ask(String digest, String token) {
		CompletableFuture<Answer> mine = new CompletableFuture<>();
		CompletableFuture<Answer> theirs = this.answers.asMap().putIfAbsent(digest, mine);
		if (theirs != null) {
			return theirs.join();
		}
		Answer answer = refused(Reason.INTROSPECTION_UNAVAILABLE);
		try {
			answer = question(token);
			return answer;
		}
		finally {
			if (answer.refused() != null || this.endpoint.timeToLive().isZero()) {
				this.answers.asMap().remove(digest, mine);
			}
			mine.complete(answer);
		}
	}

	private Answer question(String token) {
		if (this.clock.instant().isBefore(this.pausedUntil) || !this.questions.tryAcquire()) {
			this.listeners.introspected(Inquiry.WITHHELD, Duration.ZERO);
			return refused(Reason.INTROSPECTION_UNAVAILABLE);
		}
		long start = System.nanoTime();
		try {
			Map<String, Object> claims = this.http.post(this.endpoint.uri(), this.endpoint.authorization(),
					"token=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&token_type_hint=access_token",
					System.nanoTime() + this.endpoint.timeout().toNanos());
			this.listeners.introspected(Inquiry.ANSWERED, Duration.ofNanos(System.nanoTime() - start));
			succeed();
			// Only the boolean will do: the text "false" is not false to everyone.
			return Boolean.TRUE.equals(claims.get("active")) ? new Answer(claims, null, this.clock.instant())
					: refused(Reason.INACTIVE_TOKEN);
		}
		catch (IOException ex) {
			this.listeners.introspected(Inquiry.FAILED, Duration.ofNanos(System.nanoTime() - start));
			fail(ex);
			return refused(Reason.INTROSPECTION_UNAVAILABLE);
		}
		finally {
			this.questions.release();
		}
	}

	private Answer refused(Reason reason) {
		return new Answer(Map.of(), reason, this.clock.instant());
	}

	private void succeed() {
		if (this.failures.getAndSet(0) >= FAILURES_TO_PAUSE) {
			logger.info(LogMessage.format("Introspection at %s is available again", this.endpoint.uri()));
		}
	}

	private void fail(IOException ex) {
		Instant now = this.clock.instant();
		if (this.failures.incrementAndGet() >= FAILURES_TO_PAUSE) {
			this.pausedUntil = now.plus(PAUSE);
		}
		Instant due = this.nextWarning.get();
		if (!now.isBefore(due) && this.nextWarning.compareAndSet(due, now.plus(WARNING_INTERVAL))) {
			logger.warn(LogMessage.format("Introspection failed: %s", ex.getMessage()));
		}
	}

	private static String digest(String token) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * What the issuer said.
	 *
	 * @param claims the members of its answer
	 * @param refused why there are none, or {@code null}
	 * @param askedAt when
	 */
	private record Answer(Map<String, Object> claims, @Nullable Reason refused, Instant askedAt) {

	}

}
