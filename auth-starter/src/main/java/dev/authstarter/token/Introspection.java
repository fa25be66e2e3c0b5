package dev.authstarter.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.authstarter.AuthListeners;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what tokens say that only the issuer can read.
 */
final class Introspection {

	/*
	 * Requests with the same token share one question. A request waits for a place among
	 * the questions under way and then for the answer, each for the endpoint's timeout at
	 * most, and every request that waits takes one of a bounded number of places. So
	 * neither a flood nor an endpoint that hangs takes all request threads.
	 *
	 * Tokens that the issuer called active before have places of their own. The answer
	 * about such a token is renewed shortly before it is too old to be believed, while
	 * requests go on with it, so that whoever calls often does not wait.
	 */

	private final IntrospectionClient client;

	private final IntrospectionAnswers answers;

	private final Bulkhead known;

	private final Bulkhead unknown;

	private final Duration timeout;

	private final Map<String, Question> underWay = new ConcurrentHashMap<>();

	/**
	 * Ask an endpoint.
	 * @param endpoint the endpoint
	 * @param requestThreads how many requests the application answers at a time; nine of
	 * ten may wait here, two of them only with tokens that are known to the issuer
	 * @param clock tells the time
	 * @param listeners are told of every question
	 */
	Introspection(IntrospectionEndpoint endpoint, int requestThreads, Clock clock, AuthListeners listeners) {
		this.client = new IntrospectionClient(endpoint, clock, listeners);
		this.answers = new IntrospectionAnswers(endpoint.timeToLive(), endpoint.renewAfter(), clock);
		this.known = new Bulkhead(requestThreads / 5, requestThreads / 5);
		this.unknown = new Bulkhead(requestThreads * 7 / 10, requestThreads / 2);
		this.timeout = endpoint.timeout();
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
		IntrospectionAnswer answer = this.answers.find(digest);
		if (answer == null) {
			answer = await(digest, token);
		}
		else if (this.answers.isDue(answer)) {
			renew(digest, token);
		}
		return answer.orRefuse();
	}

	private IntrospectionAnswer await(String digest, String token) {
		Bulkhead places = this.client.isAvailable() ? enter(digest) : null;
		if (places == null) {
			return this.client.withheld();
		}
		try {
			Question mine = new Question();
			Question theirs = this.underWay.putIfAbsent(digest, mine);
			if (theirs == null) {
				ask(mine, digest, token, places, this.timeout);
			}
			// A question waits for its place first, then for its answer.
			Duration patience = this.timeout.multipliedBy(2);
			IntrospectionAnswer answer = (theirs != null) ? theirs.join(patience) : mine.await(patience);
			return (answer != null) ? answer : this.client.withheld();
		}
		finally {
			places.leave();
		}
	}

	/** Known tokens may also take the places of others, never the other way round. */
	private @Nullable Bulkhead enter(String digest) {
		if (this.answers.isKnown(digest) && this.known.enter()) {
			return this.known;
		}
		return this.unknown.enter() ? this.unknown : null;
	}

	private void renew(String digest, String token) {
		Question mine = new Question();
		if (this.client.isAvailable() && this.underWay.putIfAbsent(digest, mine) == null) {
			ask(mine, digest, token, this.known, Duration.ZERO);
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored") // Whoever waits, waits for the
													// question.
	private void ask(Question mine, String digest, String token, Bulkhead places, Duration patience) {
		// Another question about the token may have ended after it was looked up.
		IntrospectionAnswer meanwhile = this.answers.find(digest);
		if (meanwhile != null && !this.answers.isDue(meanwhile)) {
			end(mine, digest, meanwhile);
		}
		else if (!places.begin(patience)) {
			end(mine, digest, null);
		}
		else {
			CompletableFuture.completedFuture(token).thenCompose(this.client::ask).whenComplete((answer, failure) -> {
				places.end();
				end(mine, digest, answer);
			});
		}
	}

	private void end(Question question, String digest, @Nullable IntrospectionAnswer answer) {
		if (answer != null) {
			this.answers.keep(digest, answer);
		}
		this.underWay.remove(digest, question);
		question.end(answer);
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

}
