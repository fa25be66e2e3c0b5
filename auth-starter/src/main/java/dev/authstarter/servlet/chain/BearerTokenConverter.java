package dev.authstarter.servlet.chain;

import java.util.Enumeration;
import java.util.function.BooleanSupplier;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
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

	private static final String SCHEME = "Bearer";

	private static final String PARAMETER = "access_token";

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
		String header = headers.nextElement();
		if (headers.hasMoreElements()) {
			throw refused(Reason.MULTIPLE_CREDENTIALS);
		}
		if (!isBearer(header)) {
			return null;
		}
		boolean separated = header.length() > SCHEME.length() && header.charAt(SCHEME.length()) == ' ';
		String token = separated ? header.substring(SCHEME.length() + 1) : "";
		// Its characters are looked at where it is not known yet.
		if (token.isBlank()) {
			throw refused(Reason.MALFORMED_REQUEST);
		}
		if (hasTokenParameter(request)) {
			throw refused(Reason.MULTIPLE_CREDENTIALS);
		}
		BearerCredentials credentials = new BearerCredentials(token);
		if (this.listened.getAsBoolean()) {
			credentials.setDetails(new WebAuthenticationDetails(request));
		}
		return credentials;
	}

	static boolean isBearer(String header) {
		return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
				&& (header.length() == SCHEME.length() || Character.isWhitespace(header.charAt(SCHEME.length())));
	}

	/** A form is not looked into: what reads its parameters consumes the body. */
	private static boolean hasTokenParameter(HttpServletRequest request) {
		String query = request.getQueryString();
		return query != null && (query.startsWith(PARAMETER + "=") || query.contains("&" + PARAMETER + "="));
	}

	private static RefusedException refused(Reason reason) {
		return new RefusedException(Refusal.of(reason));
	}

}
