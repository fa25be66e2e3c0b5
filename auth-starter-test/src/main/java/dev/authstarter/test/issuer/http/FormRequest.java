package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * A request to one of the issuer's endpoints.
 *
 * @param method the HTTP method
 * @param path the path, decoded
 * @param headers the header fields
 * @param query the parameters of the URL
 * @param form the parameters of the body
 * @param complete whether the body was read completely; the content of a longer one is
 * discarded
 */
public record FormRequest(String method, String path, Map<String, List<String>> headers,
		MultiValueMap<String, String> query, MultiValueMap<String, String> form, boolean complete) {

	private static final int MAXIMUM_BYTES = 64 * 1024;

	public static FormRequest read(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readNBytes(MAXIMUM_BYTES + 1);
		boolean complete = body.length <= MAXIMUM_BYTES;
		return new FormRequest(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
				exchange.getRequestHeaders(), parse(exchange.getRequestURI().getRawQuery()),
				parse(complete ? new String(body, StandardCharsets.UTF_8) : null), complete);
	}

	private static MultiValueMap<String, String> parse(@Nullable String text) {
		MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
		for (String parameter : StringUtils.tokenizeToStringArray(text, "&")) {
			int equals = parameter.indexOf('=');
			if (equals > 0) {
				parameters.add(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
			}
		}
		return parameters;
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	/** Return the parameters of the body, the first of each name. */
	public Map<String, String> parameters() {
		return this.form.toSingleValueMap();
	}

	/**
	 * Return the value of a header field that the request has exactly once.
	 * @param name the name of the field
	 * @return the value, or {@code null}
	 */
	public @Nullable String onlyHeader(String name) {
		List<String> values = this.headers.get(name);
		return (values != null && values.size() == 1) ? values.get(0) : null;
	}

	/**
	 * Return the client's id and secret, joined by a colon, from the header (RFC 6749
	 * section 2.3.1).
	 */
	public @Nullable String client() {
		List<String> headers = this.headers.get("Authorization");
		String header = (headers != null) ? headers.get(0) : null;
		if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
			return null;
		}
		try {
			return new String(Base64.getDecoder().decode(header.substring(6).trim()), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
