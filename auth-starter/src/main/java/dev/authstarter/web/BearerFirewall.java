package dev.authstarter.web;

import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's strict firewall, which looks at every header that is read with a
 * regular expression. On a bearer token that costs more than everything else a request
 * with a known token needs, so it is left out for that one header: where each request
 * goes through {@link BearerTokenIntake}, the decoder lets no token pass that has any
 * other character than a token may have.
 */
final class BearerFirewall extends StrictHttpFirewall {

	@Override
	public FirewalledRequest getFirewalledRequest(HttpServletRequest request) throws RequestRejectedException {
		return new Request(super.getFirewalledRequest(request), request);
	}

	private static final class Request extends FirewalledRequest {

		private final FirewalledRequest strict;

		private final HttpServletRequest sent;

		Request(FirewalledRequest strict, HttpServletRequest sent) {
			super(strict);
			this.strict = strict;
			this.sent = sent;
		}

		@Override
		public Enumeration<String> getHeaders(@Nullable String name) {
			return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? new Credentials(this.sent.getHeaders(name))
					: super.getHeaders(name);
		}

		@Override
		public void reset() {
			this.strict.reset();
		}

	}

	/**
	 * The values of the header that carries the token.
	 */
	@SuppressWarnings("JdkObsolete") // The servlet API asks for one.
	private static final class Credentials implements Enumeration<String> {

		private final Enumeration<String> sent;

		Credentials(Enumeration<String> sent) {
			this.sent = sent;
		}

		@Override
		public boolean hasMoreElements() {
			return this.sent.hasMoreElements();
		}

		@Override
		public String nextElement() {
			String value = this.sent.nextElement();
			if (!BearerTokenIntake.isBearer(value) && !ALLOWED_HEADER_VALUES.test(value)) {
				throw new RequestRejectedException(
						"The request was rejected because a header has a value that is not allowed");
			}
			return value;
		}

	}

}
