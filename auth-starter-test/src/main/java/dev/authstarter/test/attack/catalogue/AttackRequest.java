package dev.authstarter.test.attack.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.authstarter.test.attack.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * A request that must be refused.
 *
 * @param method the HTTP method
 * @param path the path, encoded
 * @param query the query, or {@code null} for none
 * @param headers the headers
 * @param body the body, or {@code null} for none
 * @param secrets texts that the answer must not contain: whole tokens
 */
public record AttackRequest(String method, String path, @Nullable String query, HttpHeaders headers,
		@Nullable String body, List<String> secrets) {

	static AttackRequest to(Endpoint endpoint) {
		if (endpoint.path() == null) {
			throw new IllegalArgumentException("endpoint has no path");
		}
		HttpHeaders headers = new HttpHeaders();
		endpoint.headers().accept(headers);
		return new AttackRequest(endpoint.method(), endpoint.path(), null, headers, null, List.of());
	}

	/** Each value is a header line of its own. */
	AttackRequest withHeader(String name, String... values) {
		HttpHeaders headers = new HttpHeaders(this.headers);
		headers.put(name, List.of(values));
		return new AttackRequest(this.method, this.path, this.query, headers, this.body, this.secrets);
	}

	AttackRequest withAuthorization(String... values) {
		return withHeader(HttpHeaders.AUTHORIZATION, values);
	}

	AttackRequest withQuery(String query) {
		String all = (this.query != null) ? this.query + "&" + query : query;
		return new AttackRequest(this.method, this.path, all, this.headers, this.body, this.secrets);
	}

	AttackRequest withForm(String form) {
		return withBody(MediaType.APPLICATION_FORM_URLENCODED, form);
	}

	AttackRequest withBody(MediaType type, String body) {
		HttpHeaders headers = new HttpHeaders(this.headers);
		headers.setContentType(type);
		return new AttackRequest(this.method, this.path, this.query, headers, body, this.secrets);
	}

	AttackRequest keepingSecret(String token) {
		return new AttackRequest(this.method, this.path, this.query, this.headers, this.body, List.of(token));
	}

	/**
	 * The cookies of the header {@code Cookie}, because an application without a server
	 * does not read them from it.
	 */
	public Map<String, String> cookies() {
		Map<String, String> cookies = new LinkedHashMap<>();
		for (String header : this.headers.getOrDefault(HttpHeaders.COOKIE, List.of())) {
			for (String pair : header.split("; ", -1)) {
				int end = pair.indexOf('=');
				if (end > 0) {
					cookies.put(pair.substring(0, end), pair.substring(end + 1));
				}
			}
		}
		return cookies;
	}

	/** The headers other than {@code Cookie}. */
	public HttpHeaders headersWithoutCookies() {
		HttpHeaders headers = HttpHeaders.copyOf(this.headers);
		headers.remove(HttpHeaders.COOKIE);
		return headers;
	}

	public String uri() {
		return (this.query != null) ? this.path + "?" + this.query : this.path;
	}

}
