package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * Reads the organization from the host: the part before the base domain. The domain is
 * compared without case, the organization with case. One trailing dot is ignored; a host
 * with more is returned as it is and matches no organization.
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
