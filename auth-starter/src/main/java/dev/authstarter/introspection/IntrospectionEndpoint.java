package dev.authstarter.introspection;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.authstarter.issuer.SecureTransport;

/**
 * Where and how to ask about opaque tokens.
 *
 * @param uri the endpoint
 * @param authorization the value of the {@code Authorization} header
 * @param timeToLive how long the answer about an active token is kept; zero for not at
 * all
 * @param timeout how long one question may take
 */
record IntrospectionEndpoint(URI uri, String authorization, Duration timeToLive, Duration timeout) {

	/**
	 * Return how old an answer is when it should be renewed, so that two questions fit in
	 * before it is too old: that costs few questions more where answers live for long.
	 */
	Duration renewAfter() {
		Duration ahead = this.timeout.multipliedBy(2);
		Duration half = this.timeToLive.dividedBy(2);
		return this.timeToLive.minus((ahead.compareTo(half) < 0) ? ahead : half);
	}

	/**
	 * The credentials as RFC 6749 section 2.3.1 encodes them.
	 */
	static String basic(String clientId, String clientSecret) {
		String credentials = encode(clientId) + ":" + encode(clientSecret);
		return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	/**
	 * Name the endpoint and keep the secret.
	 */
	@Override
	public String toString() {
		return "Introspection at " + SecureTransport.withoutSecrets(this.uri.toString());
	}

}
