package dev.authstarter.issuer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import dev.authstarter.jose.PrintableText;
import dev.authstarter.jose.StrictJson;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Gets a JSON object over HTTP within bounds: a deadline for the whole exchange, a cap on
 * the body, no redirects. Whatever goes wrong is an {@link IOException} with a message
 * for the operator.
 */
public final class IssuerHttpClient {

	/**
	 * Most bytes of a body that are read: more than any provider's key set, Google's and
	 * Entra's are under 20 KiB.
	 */
	public static final int MAXIMUM_BODY = 256 * 1024;

	/** What to look at where a server's certificate is not trusted. */
	static final String PLATFORM = "That is judged by the trust store of the JVM; "
			+ "'auth-starter.http.ssl-bundle' names another";

	private final Supplier<HttpClient> factory;

	private final String trust;

	/**
	 * Made by the first question: it brings TLS and all certificates of the platform,
	 * which an application need not wait for to start.
	 */
	private volatile SingletonSupplier<HttpClient> client;

	/**
	 * Ask within a time.
	 * @param connectTimeout how long connecting alone may take
	 */
	public IssuerHttpClient(Duration connectTimeout) {
		this(HttpClient.newBuilder().connectTimeout(connectTimeout).followRedirects(Redirect.NEVER)::build, PLATFORM);
	}

	/**
	 * Ask with clients of a factory.
	 * @param factory makes a client
	 * @param trust a sentence for the operator about what judges a server's certificate
	 */
	IssuerHttpClient(Supplier<HttpClient> factory, String trust) {
		this.factory = factory;
		this.trust = trust;
		this.client = SingletonSupplier.of(factory);
	}

	/** Make a new client for the next question: other certificates may count now. */
	void renew() {
		this.client = SingletonSupplier.of(this.factory);
	}

	/**
	 * Get a JSON object.
	 * @param uri where
	 * @param deadline when to give up, on the clock of {@link System#nanoTime()}
	 * @return the members
	 * @throws IOException if there is no such answer in time
	 */
	public Map<String, Object> get(URI uri, long deadline) throws IOException {
		return get(uri, null, deadline);
	}

	/**
	 * Get a JSON object.
	 * @param uri where
	 * @param authorization the value of the {@code Authorization} header, or {@code null}
	 * for none
	 * @param deadline when to give up, on the clock of {@link System#nanoTime()}
	 * @return the members
	 * @throws IOException if there is no such answer in time
	 */
	public Map<String, Object> get(URI uri, @Nullable String authorization, long deadline) throws IOException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri);
		if (authorization != null) {
			request.header("Authorization", authorization);
		}
		CompletableFuture<Map<String, Object>> answer = exchange(request, deadline);
		try {
			return answer.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
		catch (InterruptedException ex) {
			answer.cancel(true);
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted while reading %s".formatted(uri.toASCIIString()), ex);
		}
	}

	/**
	 * Post a form and get a JSON object, without waiting for it.
	 * @param uri where
	 * @param authorization the value of the {@code Authorization} header
	 * @param form the body, in the form of {@code application/x-www-form-urlencoded}
	 * @param deadline when to give up, on the clock of {@link System#nanoTime()}
	 * @return the members, at the deadline at the latest; or an {@link IOException} if
	 * there is no such answer in time, an {@link HttpStatusException} where the status is
	 * another than 200
	 */
	public CompletableFuture<Map<String, Object>> post(URI uri, String authorization, String form, long deadline) {
		return exchange(HttpRequest.newBuilder(uri)
			.header("Authorization", authorization)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(form)), deadline);
	}

	private CompletableFuture<Map<String, Object>> exchange(HttpRequest.Builder builder, long deadline) {
		Duration remaining = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
		HttpRequest request = builder.header("Accept", "application/json, application/jwk-set+json")
			.timeout(remaining)
			.build();
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		CompletableFuture<HttpResponse<Answer>> response;
		try {
			response = client().sendAsync(request, (info) -> new BoundedBody(info, answer));
		}
		catch (IOException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		// The client tells of a response in the common pool. That may have one thread,
		// which the application may keep busy; so an answer counts once its body is
		// there. The request's own timeout does not cover the body.
		return answer.applyToEither(response.thenCompose((whole) -> answer), Function.identity())
			.orTimeout(remaining.toNanos(), TimeUnit.NANOSECONDS)
			.handle((whole, failure) -> {
				if (failure != null) {
					response.cancel(true);
				}
				return read(name(request), whole, failure);
			});
	}

	private Map<String, Object> read(String uri, @Nullable Answer answer, @Nullable Throwable failure) {
		try {
			if (answer == null) {
				throw unreadable(uri, failure);
			}
			if (answer.info().statusCode() != 200) {
				throw new HttpStatusException(uri, answer.info().statusCode(), error(answer),
						answer.info().headers().firstValue("Retry-After").orElse(null));
			}
			return StrictJson.parseObject(answer.text());
		}
		catch (ParseException ex) {
			throw new CompletionException(new IOException("%s did not answer with a JSON object".formatted(uri), ex));
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private static @Nullable String error(Answer answer) {
		try {
			Object error = StrictJson.parseObject(answer.text()).get("error");
			return (error instanceof String text) ? text : null;
		}
		catch (ParseException ex) {
			return null;
		}
	}

	private IOException unreadable(String uri, @Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException wrapper && wrapper.getCause() != null)
				? wrapper.getCause() : failure;
		if (cause instanceof TimeoutException) {
			return new IOException("%s did not answer in time".formatted(uri), cause);
		}
		String message = "%s could not be read: %s".formatted(uri, printable(cause));
		return new IOException((cause instanceof SSLException) ? message + ". " + this.trust : message, cause);
	}

	/**
	 * Where the certificates cannot be read, or a customizer of the application fails
	 * with whatever it throws, there is no client: an outage, and no error of the
	 * request.
	 */
	private HttpClient client() throws IOException {
		try {
			return this.client.obtain();
		}
		catch (Exception | LinkageError | AssertionError ex) {
			throw new IOException("No HTTP client can be made: %s".formatted(printable(ex)), ex);
		}
	}

	/** Where the keys are is what an issuer wrote; a log takes only ASCII of that. */
	private static String name(HttpRequest request) {
		return SecureTransport.withoutSecrets(request.uri().toASCIIString());
	}

	/** An exception of the HTTP client may quote what the other side sent. */
	private static String printable(@Nullable Throwable cause) {
		return PrintableText.of(String.valueOf(cause));
	}

	/**
	 * What came back.
	 */
	private record Answer(ResponseInfo info, String text) {

	}

	/**
	 * Collects a body and gives up as soon as it is too long.
	 */
	private static final class BoundedBody implements BodySubscriber<Answer> {

		private final ResponseInfo info;

		private final CompletableFuture<Answer> answer;

		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

		private @Nullable Subscription subscription;

		BoundedBody(ResponseInfo info, CompletableFuture<Answer> answer) {
			this.info = info;
			this.answer = answer;
		}

		@Override
		public CompletionStage<Answer> getBody() {
			return this.answer;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			subscription.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(List<ByteBuffer> buffers) {
			for (ByteBuffer buffer : buffers) {
				if (this.bytes.size() + buffer.remaining() > MAXIMUM_BODY) {
					tooLong();
					return;
				}
				byte[] chunk = new byte[buffer.remaining()];
				buffer.get(chunk);
				this.bytes.writeBytes(chunk);
			}
		}

		private void tooLong() {
			if (this.subscription != null) {
				this.subscription.cancel();
			}
			this.answer.completeExceptionally(new IOException("more than %d bytes".formatted(MAXIMUM_BODY)));
		}

		@Override
		public void onError(Throwable throwable) {
			this.answer.completeExceptionally(throwable);
		}

		@Override
		public void onComplete() {
			this.answer.complete(new Answer(this.info, this.bytes.toString(StandardCharsets.UTF_8)));
		}

	}

}
