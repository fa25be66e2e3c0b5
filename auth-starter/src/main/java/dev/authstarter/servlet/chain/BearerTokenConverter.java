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
 * Reads the token from the {@code Authorization} header only. A second credential in the
 * header or the query makes the request malformed; the body is not read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 section 2</a>
 */
public final class BearerTokenConverter implements AuthenticationConverter {

	private final BooleanSupplier listened;

	/**
	 * Create a converter.
	 * @param listened whether the application listens to authentication events, which
	 * contain the remote address of the request
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
