package dev.authstarter.servlet.chain;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Keeps answers out of caches where the handler says nothing else. As Spring Security's
 * own writer without the words that {@code no-store} makes needless, and without the two
 * headers that only caches of HTTP/1.0 look at.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.5">RFC 9111 section
 * 5.2.2.5</a>
 */
final class NoStore implements HeaderWriter {

	@Override
	public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
		// "Not modified" would change what is said of the answer that a cache has.
		boolean said = response.containsHeader(HttpHeaders.CACHE_CONTROL)
				|| response.containsHeader(HttpHeaders.EXPIRES) || response.containsHeader(HttpHeaders.PRAGMA)
				|| response.getStatus() == HttpStatus.NOT_MODIFIED.value();
		if (!said) {
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		}
	}

}
