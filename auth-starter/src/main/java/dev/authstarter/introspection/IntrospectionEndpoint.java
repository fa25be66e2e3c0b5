package dev.authstarter.introspection;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

import dev.authstarter.issuer.SecureTransport;

/**
 * The address and settings of an introspection endpoint.
 *
 * @param uri the endpoint
 * @param authorization the value of the {@code Authorization} header
 * @param timeToLive how long the response about an active token is cached; zero for no
 * caching
 * @param timeout how long one call may take
 */
record IntrospectionEndpoint(URI uri, String authorization, Duration timeToLive, Duration timeout) {

	/**
	 * Return the age at which a response should be renewed, so that two calls fit in
	 * before it expires; at least half of its time to live.
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
	 * Return the address without the credentials.
	 */
	@Override
	public String toString() {
		return "Introspection at " + SecureTransport.withoutSecrets(this.uri.toString());
	}

}
