package dev.authstarter.servlet.chain;

import java.util.Enumeration;
import java.util.function.BooleanSupplier;

import dev.authstarter.authentication.BearerCredentials;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Takes the token out of the {@code Authorization} header, and out of nowhere else. A
 * further credential in header or query makes the request malformed; the body is not
 * read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 section 2</a>
 */
public final class BearerTokenConverter implements AuthenticationConverter {

	private final BooleanSupplier listened;

	/**
	 * Take tokens.
	 * @param listened tells whether anybody listens to authentication events: only they
	 * show where a token came from
	 */
	public BearerTokenConverter(BooleanSupplier listened) {
		this.listened = listened;
	}

	@Override
	public @Nullable Authentication convert(HttpServletRequest request) {
		Enumeration<String> headers = request.getHeaders(HttpHeaders.AUTHORIZATION);
		if (headers == null || !headers.hasMoreElements()) {
			return null;
		}
		BearerCredentials credentials = BearerCredentials.find(headers.nextElement(), headers.hasMoreElements(),
				request.getQueryString());
		if (credentials != null && this.listened.getAsBoolean()) {
			credentials.setDetails(new WebAuthenticationDetails(request));
		}
		return credentials;
	}

}
