package dev.authstarter.test.issuer.local;

import java.util.Locale;
import java.util.Set;

import dev.authstarter.test.issuer.http.Answer;
import dev.authstarter.test.issuer.http.FormRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Restricts the local issuer to programs and pages of this machine. It listens only on
 * the loopback interface, but a page of another site can still send requests there: to
 * {@code localhost} as a foreign origin, or to a host name of its own that resolves to
 * 127.0.0.1, as its own origin (DNS rebinding).
 */
public final class Loopback {

	private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

	private Loopback() {
	}

	/**
	 * Refuse a request whose host is not a loopback host.
	 * @param request the request
	 * @return the refusal, or {@code null}
	 */
	public static @Nullable Answer refuse(FormRequest request) {
		String host = request.onlyHeader("Host");
		return (host != null && isLoopback(host)) ? null
				: Answer.text("text/plain", "This issuer accepts only requests to localhost.\n").withStatus(421);
	}

	/** Any port is allowed, because the connection may be forwarded. */
	private static boolean isLoopback(String host) {
		String lower = host.toLowerCase(Locale.ROOT);
		int port = lower.lastIndexOf(':');
		boolean withPort = port > lower.lastIndexOf(']');
		return HOSTS.contains(withPort ? lower.substring(0, port) : lower)
				&& (!withPort || lower.substring(port + 1).matches("[0-9]{1,5}"));
	}

	/**
	 * Return whether a browser sent a request from a page of this issuer. Browsers send
	 * the origin with every {@code POST}.
	 */
	static boolean isSameOrigin(FormRequest request) {
		String origin = request.onlyHeader("Origin");
		boolean samePage = !request.headers().containsKey("Sec-Fetch-Site")
				|| "same-origin".equals(request.onlyHeader("Sec-Fetch-Site"));
		return StringUtils.hasText(origin) && origin.equalsIgnoreCase("http://" + request.onlyHeader("Host"))
				&& samePage;
	}

}
