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
	 * Requests with the same token share one question. No method here waits: a request
	 * gets a future, which is for a place among the questions under way and then for the
	 * answer, each for the endpoint's timeout at most, and every request that waits takes
	 * one of a bounded number of places. So neither a flood nor an endpoint that hangs
	 * takes all request threads.
	 *
	 * Tokens that the issuer called active before, and JWTs that it signed, have places,
	 * a circuit breaker and connections of their own: tokens of unauthenticated clients
	 * can make the endpoint fail, and can use up the streams of a connection. The answer
	 * about a known token is renewed shortly before it expires, while requests use the
	 * cached one, so that frequent callers do not wait.
	 */

	private final IntrospectionAnswers answers;

	private final Callers known;

	private final Callers unknown;

	private final Duration timeout;

	private final boolean remembers;

	private final Map<String, Question> underWay = new ConcurrentHashMap<>();

	/**
	 * Ask an endpoint.
	 * @param endpoint the endpoint
	 * @param clients makes an HTTP client: the known and the unknown tokens have each
	 * their own
	 * @param requestThreads how many requests the application answers at a time; nine of
	 * ten may wait here, two of them only with tokens that are known to the issuer
	 * @param clock tells the time
	 * @param listeners are told of every question
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
	 * Ask about a text that may be an opaque token.
	 * @param token the text
	 * @return what the issuer says, to be read by {@link #arrived}; completed within a
	 * bounded time, and it never fails
	 */
	public CompletableFuture<@Nullable IntrospectionAnswer> ask(String token) {
		return ask(token, false);
	}

	/**
	 * Ask about a token that the issuer signed: no stranger can send one.
	 * @param token the verified JWT
	 * @return what the issuer says, to be read by {@link #arrived}; completed within a
	 * bounded time, and it never fails
	 */
	public CompletableFuture<@Nullable IntrospectionAnswer> askAboutVerified(String token) {
		return ask(token, true);
	}

	/**
	 * Tell whether the next request with a token may get the same answer.
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
			// What a caller does to its copy does not keep the place.
			return answer.copy();
		}
		finally {
			if (!waits) {
				callers.places().leave();
			}
		}
	}

	private CompletableFuture<@Nullable IntrospectionAnswer> join(String digest, String token, Callers callers) {
		// A question waits for its place first, then for its answer.
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
	 * Read what has arrived, on the thread of the request.
	 * @param answer what was returned for the question
	 * @return what the issuer says; that it says nothing where the issuer was not asked,
	 * or did not answer in time or yet
	 */
	public IntrospectionAnswer arrived(CompletableFuture<@Nullable IntrospectionAnswer> answer) {
		IntrospectionAnswer arrived = answer.isCompletedExceptionally() ? null : answer.getNow(null);
		return (arrived != null) ? arrived : this.unknown.client().withheld();
	}

	/** Known tokens may also take the places of others, never the other way round. */
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

	// Those that wait, wait for the question.
	@SuppressWarnings("FutureReturnValueIgnored")
	private void ask(Question mine, String digest, String token, Callers callers, Duration patience) {
		// Another question about the token may have ended after it was looked up.
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
	 * Those who ask about tokens of one kind.
	 *
	 * @param client asks for them
	 * @param places bounds how many may wait and ask
	 */
	private record Callers(IntrospectionClient client, Bulkhead places) {

	}

}
