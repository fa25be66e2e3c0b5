package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * What stands before the base domain in the request's host. The domain has no case, the
 * organization has. One dot may follow a domain and does not change it; a host with more
 * is none, and is taken for the name of an organization that nobody's token has.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2">RFC 3986 section
 * 3.2.2</a>
 */
final class SubdomainOrganizationResolver implements OrganizationResolver {

	private final String suffix;

	SubdomainOrganizationResolver(String baseDomain) {
		this.suffix = "." + baseDomain;
	}

	@Override
	public List<String> resolve(HandlerCall call) {
		String host = call.host();
		if (host.endsWith(".")) {
			host = host.substring(0, host.length() - 1);
		}
		int length = host.length() - this.suffix.length();
		if (length >= 0 && host.regionMatches(true, length, this.suffix, 0, this.suffix.length())) {
			return List.of(host.substring(0, length));
		}
		return host.endsWith(".") ? List.of(host) : List.of();
	}

}
