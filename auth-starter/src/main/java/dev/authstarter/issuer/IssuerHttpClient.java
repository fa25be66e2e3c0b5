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
 * Gets JSON objects over HTTP, with a deadline for the whole exchange, a maximum size of
 * the body and no redirects. Each failure is an {@link IOException} with a message for
 * the operator.
 */
public final class IssuerHttpClient {

	/**
	 * The maximum size of a body in bytes. The key sets of providers are much smaller.
	 */
	public static final int MAXIMUM_BODY = 256 * 1024;

	/** The hint for the operator if a server's certificate is not trusted. */
	static final String PLATFORM = "Certificates are checked against the trust store of the JVM; "
			+ "'auth-starter.http.ssl-bundle' names another";

	private final Supplier<HttpClient> factory;

	private final String trust;

	/**
	 * Created by the first request: it loads TLS and all certificates of the platform,
	 * which would delay start-up.
	 */
	private volatile SingletonSupplier<HttpClient> client;

	/**
	 * Create a client with the trust store of the JVM.
	 * @param connectTimeout the maximum time to connect
	 */
	public IssuerHttpClient(Duration connectTimeout) {
		this(HttpClient.newBuilder().connectTimeout(connectTimeout).followRedirects(Redirect.NEVER)::build, PLATFORM);
	}

	/**
	 * Create a client that uses the HTTP clients of a factory.
	 * @param factory creates an HTTP client
	 * @param trust a sentence for the operator that names the trust store for the
	 * certificates of servers
	 */
	IssuerHttpClient(Supplier<HttpClient> factory, String trust) {
		this.factory = factory;
		this.trust = trust;
		this.client = SingletonSupplier.of(factory);
	}

	/**
	 * Create a new HTTP client for the next request, with the certificates of that time.
	 */
	void renew() {
		this.client = SingletonSupplier.of(this.factory);
	}

	/**
	 * Get a JSON object.
	 * @param uri the address
	 * @param deadline the deadline, on the clock of {@link System#nanoTime()}
	 * @return the members of the object
	 * @throws IOException if there is no such response in time
	 */
	public Map<String, Object> get(URI uri, long deadline) throws IOException {
		return get(uri, null, deadline);
	}

	/**
	 * Get a JSON object.
	 * @param uri the address
	 * @param authorization the value of the {@code Authorization} header, or {@code null}
	 * for none
	 * @param deadline the deadline, on the clock of {@link System#nanoTime()}
	 * @return the members of the object
	 * @throws IOException if there is no such response in time
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
	 * @param uri the address
	 * @param authorization the value of the {@code Authorization} header
	 * @param form the body, in the form of {@code application/x-www-form-urlencoded}
	 * @param deadline the deadline, on the clock of {@link System#nanoTime()}
	 * @return the members of the object, completed at the deadline at the latest;
	 * completed with an {@link IOException} if there is no such response in time, with an
	 * {@link HttpStatusException} if the status is not 200
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
		// The client completes the response in the common pool. That may have a single
		// thread, which the application may keep busy, so a response is used as soon as
		// its body is complete. The request's own timeout does not cover the body.
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
	 * Return the HTTP client. If the certificates cannot be read or a customizer of the
	 * application throws anything, that counts as an outage, not as an error of the
	 * request.
	 */
	private HttpClient client() throws IOException {
		try {
			return this.client.obtain();
		}
		catch (Exception | LinkageError | AssertionError ex) {
			throw new IOException("The HTTP client cannot be created: %s".formatted(printable(ex)), ex);
		}
	}

	/**
	 * The location of the keys may come from the issuer; only its ASCII form is logged.
	 */
	private static String name(HttpRequest request) {
		return SecureTransport.withoutSecrets(request.uri().toASCIIString());
	}

	/** Exceptions of the HTTP client may quote the server's response. */
	private static String printable(@Nullable Throwable cause) {
		return PrintableText.of(String.valueOf(cause));
	}

	/**
	 * A response with its body.
	 */
	private record Answer(ResponseInfo info, String text) {

	}

	/**
	 * Collects a body and fails as soon as it is too long.
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
