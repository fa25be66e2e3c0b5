package dev.authstarter.servlet.chain;

import java.nio.charset.StandardCharsets;
import java.util.Enumeration;

import dev.authstarter.authentication.BearerCredentials;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's strict firewall, except for the {@code Authorization} header: its
 * values are checked with the regular expression for header values only if they have
 * characters other than printable ASCII. The expression is slow on bearer tokens.
 */
public final class BearerFirewall extends StrictHttpFirewall {

	private final boolean leavesTokens;

	/**
	 * Create a firewall for all filter chains.
	 * @param leavesTokens whether every request goes through
	 * {@link BearerTokenConverter}. If so, bearer tokens are not checked here: the
	 * decoder refuses any token with a character that tokens cannot contain. Otherwise
	 * another filter may read the header, and every value that Spring Security would
	 * reject is rejected here.
	 */
	public BearerFirewall(boolean leavesTokens) {
		this.leavesTokens = leavesTokens;
	}

	@Override
	public FirewalledRequest getFirewalledRequest(HttpServletRequest request) throws RequestRejectedException {
		return new Request(super.getFirewalledRequest(request), request, this.leavesTokens);
	}

	private static final class Request extends FirewalledRequest {

		private final FirewalledRequest strict;

		private final HttpServletRequest sent;

		private final boolean leavesTokens;

		Request(FirewalledRequest strict, HttpServletRequest sent, boolean leavesTokens) {
			super(strict);
			this.strict = strict;
			this.sent = sent;
			this.leavesTokens = leavesTokens;
		}

		@Override
		public Enumeration<String> getHeaders(@Nullable String name) {
			return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name)
					? new Credentials(this.sent.getHeaders(name), this.leavesTokens) : super.getHeaders(name);
		}

		@Override
		public void reset() {
			this.strict.reset();
		}

	}

	/**
	 * The values of the {@code Authorization} header.
	 */
	@SuppressWarnings("JdkObsolete") // The servlet API requires one.
	private static final class Credentials implements Enumeration<String> {

		private final Enumeration<String> sent;

		private final boolean leavesTokens;

		Credentials(Enumeration<String> sent, boolean leavesTokens) {
			this.sent = sent;
			this.leavesTokens = leavesTokens;
		}

		@Override
		public boolean hasMoreElements() {
			return this.sent.hasMoreElements();
		}

		@Override
		public String nextElement() {
			String value = this.sent.nextElement();
			boolean left = this.leavesTokens && BearerCredentials.isBearer(value);
			if (!left && !isPrintableAscii(value) && !ALLOWED_HEADER_VALUES.test(value)) {
				throw new RequestRejectedException(
						"The request was rejected because a header has a value that is not allowed");
			}
			return value;
		}

		/** Such values are always allowed, and the check needs no regular expression. */
		private static boolean isPrintableAscii(String value) {
			// The bytes of characters beyond ASCII are negative.
			for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
				if (b < ' ' || b > '~') {
					return false;
				}
			}
			return true;
		}

	}

}
