package dev.authstarter.sample.issuer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Allows the switches only from this machine, and only to the sample's page: pages of
 * other origins cannot send the header without a CORS preflight (Fetch Standard,
 * "CORS-preflight fetch"), and requests with another host name than {@code localhost} are
 * denied.
 */
final class DevelopmentGuard implements AuthorizationManager<RequestAuthorizationContext> {

	static final String HEADER = "Sample-Switch";

	private static final String HOST = "localhost";

	@Override
	public AuthorizationDecision authorize(Supplier<? extends @Nullable Authentication> caller,
			RequestAuthorizationContext context) {
		HttpServletRequest request = context.getRequest();
		return new AuthorizationDecision(request.getHeader(HEADER) != null && HOST.equals(request.getServerName())
				&& isOfThisMachine(request.getRemoteAddr()));
	}

	private static boolean isOfThisMachine(String address) {
		try {
			return InetAddress.getByName(address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

}
