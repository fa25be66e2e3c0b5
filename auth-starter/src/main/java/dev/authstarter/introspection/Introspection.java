package dev.authstarter.introspection;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.authstarter.event.AuthListeners;
import dev.authstarter.issuer.IssuerHttpClient;
import dev.authstarter.jose.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Introspects tokens at the endpoint of their issuer (RFC 7662).
 */
public final class Introspection {

	/*
	 * Requests with the same token share one call. No method here waits: a request gets a
	 * future, which waits for a place among the running calls and then for the response,
	 * each for the endpoint's timeout at most. The number of waiting requests is bounded,
	 * so that neither many requests nor a slow endpoint use up all request threads.
	 *
	 * Tokens that the issuer called active before, and JWTs that it signed, have places,
	 * a circuit breaker and connections of their own: tokens of unauthenticated clients
	 * can make the endpoint fail, and can use up the streams of a connection. The
	 * response about a known token is renewed shortly before it expires, while requests
	 * use the cached one, so that frequent callers do not wait.
	 */

	private final IntrospectionAnswers answers;

	private final Callers known;

	private final Callers unknown;

	private final Duration timeout;

	private final boolean remembers;

	private final Map<String, Question> underWay = new ConcurrentHashMap<>();

	/**
	 * Create the introspection of an endpoint.
	 * @param endpoint the endpoint
	 * @param clients creates the HTTP clients, one for known tokens and one for unknown
	 * ones
	 * @param requestThreads how many requests the application processes concurrently;
	 * nine tenths of them may wait here, two of those nine only with tokens that are
	 * known to the issuer
	 * @param clock the clock
	 * @param listeners are notified of every call
	 */
	Introspection(IntrospectionEndpoint endpoint, Supplier<IssuerHttpClient> clients, int requestThreads, Clock clock,
			AuthListeners listeners) {
		this.answers = new IntrospectionAnswers(endpoint.timeToLive(), endpoint.renewAfter(), clock);
		this.known = new Callers(new IntrospectionClient(endpoint, clients.get(), clock, listeners),
				new Bulkhead(requestThreads / 5, requestThreads / 5));
		this.unknown = new Callers(new IntrospectionClient(endpoint, clients.get(), clock, listeners),
				new Bulkhead(requestThreads * 7 / 10, requestThreads / 2));
		this.remembers = !endpoint.timeToLive().isZero();
		this.timeout = endpoint.timeout();
	}

	/**
	 * Introspect a text that may be an opaque token.
	 * @param token the text
	 * @return the response, to be read by {@link #arrived}; completed within a bounded
	 * time, and never exceptionally
	 */
	public CompletableFuture<@Nullable IntrospectionAnswer> ask(String token) {
		return ask(token, false);
	}

	/**
	 * Introspect a JWT with a valid signature. Unauthenticated clients cannot send one,
	 * so that it counts as a known token.
	 * @param token the verified JWT
	 * @return the response, to be read by {@link #arrived}; completed within a bounded
	 * time, and never exceptionally
	 */
	public CompletableFuture<@Nullable IntrospectionAnswer> askAboutVerified(String token) {
		return ask(token, true);
	}

	/**
	 * Return whether responses are cached, so that the next request with a token may
	 * reuse one.
	 */
	public boolean remembers() {
		return this.remembers;
	}

	private CompletableFuture<@Nullable IntrospectionAnswer> ask(String token, boolean verified) {
		String digest = Sha256.hex(token);
		IntrospectionAnswer answer = this.answers.find(digest);
		if (answer == null) {
			return await(digest, token, verified || this.answers.isKnown(digest));
		}
		if (this.answers.isDue(answer)) {
			renew(digest, token);
		}
		return CompletableFuture.completedFuture(answer);
	}

	private CompletableFuture<@Nullable IntrospectionAnswer> await(String digest, String token, boolean known) {
		Callers callers = enter(known);
		if (callers == null) {
			return CompletableFuture.completedFuture(null);
		}
		boolean waits = false;
		try {
			CompletableFuture<@Nullable IntrospectionAnswer> answer = join(digest, token, callers)
				.whenComplete((arrived, failure) -> callers.places().leave());
			waits = true;
			// Changes that a caller makes to its copy do not keep the place.
			return answer.copy();
		}
		finally {
			if (!waits) {
				callers.places().leave();
			}
		}
	}

	private CompletableFuture<@Nullable IntrospectionAnswer> join(String digest, String token, Callers callers) {
		// A call waits for its place first, then for its response.
		Duration patience = this.timeout.multipliedBy(2);
		Question mine = new Question();
		Question theirs = this.underWay.putIfAbsent(digest, mine);
		if (theirs != null) {
			return theirs.join(patience);
		}
		ask(mine, digest, token, callers, this.timeout);
		return mine.await(patience);
	}

	/**
	 * Read the response on the thread of the request.
	 * @param answer the future that the call returned
	 * @return the response; one with the reason {@code introspection_unavailable} if the
	 * issuer was not called or did not respond in time
	 */
	public IntrospectionAnswer arrived(CompletableFuture<@Nullable IntrospectionAnswer> answer) {
		IntrospectionAnswer arrived = answer.isCompletedExceptionally() ? null : answer.getNow(null);
		return (arrived != null) ? arrived : this.unknown.client().skipped();
	}

	/** Known tokens may also use the places of unknown ones, but not vice versa. */
	private @Nullable Callers enter(boolean known) {
		Callers own = known ? this.known : this.unknown;
		if (!own.client().isAvailable()) {
			return null;
		}
		if (own.places().enter()) {
			return own;
		}
		return (known && this.unknown.client().isAvailable() && this.unknown.places().enter()) ? this.unknown : null;
	}

	private void renew(String digest, String token) {
		Question mine = new Question();
		if (this.known.client().isAvailable() && this.underWay.putIfAbsent(digest, mine) == null) {
			ask(mine, digest, token, this.known, Duration.ZERO);
		}
	}

	// The waiting requests use the future of the question instead.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void ask(Question mine, String digest, String token, Callers callers, Duration patience) {
		// Another call for the token may have ended after the lookup.
		IntrospectionAnswer meanwhile = this.answers.find(digest);
		if (meanwhile != null && !this.answers.isDue(meanwhile)) {
			end(mine, digest, meanwhile);
			return;
		}
		callers.places().begin(patience).thenAccept((began) -> {
			if (began) {
				send(mine, digest, token, callers);
			}
			else {
				end(mine, digest, null);
			}
		});
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void send(Question mine, String digest, String token, Callers callers) {
		CompletableFuture.completedFuture(token).thenCompose(callers.client()::ask).whenComplete((answer, failure) -> {
			callers.places().end();
			end(mine, digest, answer);
		});
	}

	private void end(Question question, String digest, @Nullable IntrospectionAnswer answer) {
		if (answer != null) {
			this.answers.keep(digest, answer);
		}
		this.underWay.remove(digest, question);
		question.end(answer);
	}

	/**
	 * The callers with known or with unknown tokens.
	 *
	 * @param client calls the endpoint for them
	 * @param places limits how many of them may wait and call
	 */
	private record Callers(IntrospectionClient client, Bulkhead places) {

	}

}
