package dev.authstarter.authentication;

import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * A bearer token that is not verified yet. Spring Security's own type exposes the token
 * in its name and its text, which listeners to failures log.
 */
@SuppressWarnings("serial")
public final class BearerCredentials extends BearerTokenAuthenticationToken {

	private static final String SCHEME = "Bearer";

	private static final String PARAMETER = "access_token";

	/**
	 * Create credentials.
	 * @param token the token that was sent, not blank
	 */
	public BearerCredentials(String token) {
		super(token);
	}

	/**
	 * Find the token of a request in its {@code Authorization} header, and nowhere else.
	 * A further credential in header or query makes the request malformed; the body is
	 * not read.
	 * @param header the first {@code Authorization} header, or {@code null} if there is
	 * none
	 * @param further whether there are further {@code Authorization} headers
	 * @param query the query as it was sent, or {@code null} if there is none
	 * @return the token, or {@code null} if the request has no bearer token
	 * @throws RefusedException if the request is malformed
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2">RFC 6750 section
	 * 2</a>
	 */
	public static @Nullable BearerCredentials find(@Nullable String header, boolean further, @Nullable String query) {
		if (header == null) {
			return null;
		}
		if (further) {
			throw refused(Reason.MULTIPLE_CREDENTIALS);
		}
		if (!isBearer(header)) {
			return null;
		}
		boolean separated = header.length() > SCHEME.length() && header.charAt(SCHEME.length()) == ' ';
		String token = separated ? header.substring(SCHEME.length() + 1) : "";
		// The characters of the token are validated later, unless it is already known.
		if (token.isBlank()) {
			throw refused(Reason.MALFORMED_REQUEST);
		}
		// Form parameters are not checked, because reading them consumes the body.
		if (query != null && (query.startsWith(PARAMETER + "=") || query.contains("&" + PARAMETER + "="))) {
			throw refused(Reason.MULTIPLE_CREDENTIALS);
		}
		return new BearerCredentials(token);
	}

	/**
	 * Return whether a header presents a bearer token.
	 * @param header the value of an {@code Authorization} header
	 * @return whether it does, well-formed or not
	 */
	public static boolean isBearer(String header) {
		return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
				&& (header.length() == SCHEME.length() || Character.isWhitespace(header.charAt(SCHEME.length())));
	}

	private static RefusedException refused(Reason reason) {
		return new RefusedException(Refusal.of(reason));
	}

	/** Return an empty name as long as the token is not verified. */
	@Override
	public String getName() {
		return "";
	}

	@Override
	public String toString() {
		return "BearerCredentials [Authenticated=" + isAuthenticated() + "]";
	}

}
