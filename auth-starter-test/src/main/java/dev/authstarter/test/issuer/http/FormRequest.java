package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * A request of a client to one of the issuer's endpoints: a form, and who sends it.
 *
 * @param method the HTTP method
 * @param client the client's id and secret, joined by a colon, from the header (RFC 6749
 * section 2.3.1)
 * @param parameters the parameters of the form
 */
public record FormRequest(String method, @Nullable String client, Map<String, String> parameters) {

	public static FormRequest read(HttpExchange exchange) throws IOException {
		String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		Map<String, String> parameters = new LinkedHashMap<>();
		for (String parameter : StringUtils.tokenizeToStringArray(body, "&")) {
			int equals = parameter.indexOf('=');
			if (equals > 0) {
				parameters.put(decode(parameter.substring(0, equals)), decode(parameter.substring(equals + 1)));
			}
		}
		return new FormRequest(exchange.getRequestMethod(),
				client(exchange.getRequestHeaders().getFirst("Authorization")), Map.copyOf(parameters));
	}

	private static String decode(String text) {
		try {
			return URLDecoder.decode(text, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return text;
		}
	}

	private static @Nullable String client(@Nullable String header) {
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
