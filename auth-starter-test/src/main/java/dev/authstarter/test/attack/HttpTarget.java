package dev.authstarter.test.attack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Objects;

import dev.authstarter.test.attack.catalogue.AttackRequest;

/**
 * An application that is called over HTTP.
 */
final class HttpTarget implements Target {

	private final HttpClient client = HttpClient.newBuilder()
		.version(Version.HTTP_1_1)
		.followRedirects(Redirect.NEVER)
		.connectTimeout(TIMEOUT)
		.build();

	private final String baseUrl;

	private final Duration timeout;

	HttpTarget(URI baseUrl) {
		this(baseUrl, TIMEOUT);
	}

	/**
	 * Call an application.
	 * @param baseUrl its URL
	 * @param timeout the time until the status must be known
	 */
	HttpTarget(URI baseUrl, Duration timeout) {
		String text = baseUrl.toString();
		this.baseUrl = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
		this.timeout = timeout;
	}

	@Override
	public String contextPath() {
		return Objects.requireNonNullElse(URI.create(this.baseUrl).getRawPath(), "");
	}

	@Override
	public Answer send(AttackRequest request) {
		BodyPublisher body = (request.body() != null) ? BodyPublishers.ofString(request.body())
				: BodyPublishers.noBody();
		HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(this.baseUrl + request.uri()))
			.timeout(this.timeout)
			.method(request.method(), body);
		request.headers().forEach((name, values) -> values.forEach((value) -> builder.header(name, value)));
		Answer answer = send(builder.build());
		// A server may close a connection after the answer to an earlier request whose
		// body it did not read, while this request is being sent.
		return (answer.status() == Answer.CLOSED) ? send(builder.build()) : answer;
	}

	private Answer send(HttpRequest request) {
		try {
			return this.client.send(request, AnswerReader::new).body();
		}
		catch (HttpTimeoutException ex) {
			return Answer.timedOut();
		}
		catch (IOException ex) {
			return Answer.closed();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while attacking", ex);
		}
	}

}
