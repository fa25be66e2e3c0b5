package dev.authstarter.servlet.chain;

import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring Security's strict firewall with its own rule for values of headers, which it
 * applies with a regular expression: that costs more for a bearer token than everything
 * else that a request with a known token needs. Values of printable ASCII characters need
 * no expression. No value is repeated where it is rejected: it may be a token.
 */
public final class BearerFirewall extends StrictHttpFirewall {

	/**
	 * Guard the application's chains.
	 * @param leavesTokens whether each request goes through {@link BearerTokenConverter}:
	 * it leads to the decoder, which lets no token pass that has any other character than
	 * a token may have, and says so. Otherwise it is not known what reads the header, and
	 * all that Spring Security would reject is rejected here.
	 */
	public BearerFirewall(boolean leavesTokens) {
		setAllowedHeaderValues((value) -> {
			if ((leavesTokens && BearerTokenConverter.isBearer(value)) || isPrintableAscii(value)
					|| ALLOWED_HEADER_VALUES.test(value)) {
				return true;
			}
			throw new RequestRejectedException(
					"The request was rejected because a header has a value that is not allowed");
		});
	}

	private static boolean isPrintableAscii(String value) {
		return value.chars().allMatch((character) -> character >= ' ' && character <= '~');
	}

}
