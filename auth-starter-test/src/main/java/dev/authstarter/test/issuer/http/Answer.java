package dev.authstarter.test.issuer.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;

/**
 * The answer of an endpoint.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body
 * @param padding the number of spaces after the body; a JSON document stays valid with
 * them
 */
public record Answer(int status, Map<String, String> headers, String body, long padding) {

	private static final int CHUNK = 64 * 1024;

	public static Answer json(Map<String, Object> members) {
		return text("application/json", JSONObjectUtils.toJSONString(members));
	}

	public static Answer text(String contentType, String body) {
		return new Answer(200, Map.of("Content-Type", contentType), body, 0);
	}

	public static Answer status(int status) {
		return new Answer(status, Map.of(), "", 0);
	}

	public static Answer redirect(String location) {
		return new Answer(302, Map.of("Location", location), "", 0);
	}

	public Answer withHeaders(Map<String, String> more) {
		Map<String, String> all = new LinkedHashMap<>(this.headers);
		all.putAll(more);
		return new Answer(this.status, all, this.body, this.padding);
	}

	public Answer withStatus(int newStatus) {
		return new Answer(newStatus, this.headers, this.body, this.padding);
	}

	public Answer withPadding(long newPadding) {
		return new Answer(this.status, this.headers, this.body, newPadding);
	}

	/**
	 * Cut the body in the middle.
	 */
	public Answer truncated() {
		return new Answer(this.status, this.headers, this.body.substring(0, this.body.length() / 2), this.padding);
	}

	void send(HttpExchange exchange) throws IOException {
		OutputStream out = sendHead(exchange);
		out.write(bytes());
		byte[] spaces = new byte[CHUNK];
		Arrays.fill(spaces, (byte) ' ');
		for (long left = this.padding; left > 0; left -= CHUNK) {
			out.write(spaces, 0, (int) Math.min(left, CHUNK));
		}
		out.close();
	}

	/**
	 * Send status and headers. The length of a padded body is not announced, so that a
	 * client has to count the bytes itself.
	 */
	OutputStream sendHead(HttpExchange exchange) throws IOException {
		this.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
		exchange.sendResponseHeaders(this.status, length());
		return exchange.getResponseBody();
	}

	private long length() {
		if (this.padding > 0) {
			return 0;
		}
		return this.body.isEmpty() ? -1 : bytes().length;
	}

	public byte[] bytes() {
		return this.body.getBytes(StandardCharsets.UTF_8);
	}

}
