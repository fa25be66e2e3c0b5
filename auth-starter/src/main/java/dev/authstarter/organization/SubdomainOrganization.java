package dev.authstarter.organization;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the base domain in the request's host. The domain has no case, the
 * organization has.
 */
final class SubdomainOrganization implements RequestedOrganization {

	private final String suffix;

	SubdomainOrganization(String baseDomain) {
		this.suffix = "." + baseDomain;
	}

	@Override
	public @Nullable String first(Object handler, HttpServletRequest request) {
		String host = request.getServerName();
		int length = host.length() - this.suffix.length();
		return (length > 0 && host.regionMatches(true, length, this.suffix, 0, this.suffix.length()))
				? host.substring(0, length) : null;
	}

	@Override
	public boolean agrees(Object handler, HttpServletRequest request, String organization) {
		String subdomain = first(handler, request);
		return subdomain == null || subdomain.equals(organization);
	}

}
