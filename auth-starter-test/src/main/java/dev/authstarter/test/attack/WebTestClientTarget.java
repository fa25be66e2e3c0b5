package dev.authstarter.test.attack;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.authstarter.test.attack.catalogue.AttackRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestBodySpec;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * An application that is called by {@code WebTestClient}, with a server or without one.
 */
final class WebTestClientTarget implements Target {

	private final WebTestClient client;

	private final String baseUrl;

	WebTestClientTarget(WebTestClient client) {
		this(client, TIMEOUT);
	}

	/**
	 * Call an application.
	 * @param client the client. Its own headers, for example a token, are not sent
	 * @param timeout the time until the status must be known
	 */
	WebTestClientTarget(WebTestClient client, Duration timeout) {
		this.client = client.mutate().responseTimeout(timeout).defaultHeaders(HttpHeaders::clear).build();
		this.baseUrl = baseUrl(this.client);
	}

	/** The client passes it only to functions that build URLs. */
	private static String baseUrl(WebTestClient client) {
		StringBuilder base = new StringBuilder();
		client.get().uri((builder) -> {
			URI built = builder.build();
			base.append(built);
			return built;
		});
		return base.toString().endsWith("/") ? base.substring(0, base.length() - 1) : base.toString();
	}

	@Override
	public String contextPath() {
		return Objects.requireNonNullElse(URI.create(this.baseUrl).getRawPath(), "");
	}

	@Override
	public Answer send(AttackRequest request) {
		// Not as a template, which would encode the path again.
		RequestBodySpec sent = this.client.method(HttpMethod.valueOf(request.method()))
			.uri(URI.create(this.baseUrl + request.uri()))
			.headers((headers) -> request.headersWithoutCookies().forEach(headers::put))
			.cookies((cookies) -> request.cookies().forEach(cookies::set));
		try {
			return read(((request.body() != null) ? sent.bodyValue(request.body()) : sent).exchange()
				.returnResult(byte[].class));
		}
		catch (IllegalStateException ex) {
			return Answer.timedOut();
		}
		catch (WebClientRequestException ex) {
			return Answer.closed();
		}
	}

	private static Answer read(FluxExchangeResult<byte[]> result) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		AtomicBoolean complete = new AtomicBoolean();
		result.getResponseBody()
			.doOnNext(body::writeBytes)
			.doOnComplete(() -> complete.set(true))
			.takeUntil((bytes) -> body.size() > BODY_SIZE)
			.take(BODY_TIME)
			.onErrorComplete()
			.blockLast();
		return Answer.of(result.getStatus().value(), result.getResponseHeaders(), body.toByteArray(), complete.get());
	}

}
