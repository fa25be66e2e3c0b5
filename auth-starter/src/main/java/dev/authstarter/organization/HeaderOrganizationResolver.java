package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * Reads the organization from a request header, whose value is one id.
 */
final class HeaderOrganizationResolver implements OrganizationResolver {

	private final String name;

	HeaderOrganizationResolver(String name) {
		this.name = name;
	}

	@Override
	public List<String> resolve(HandlerCall call) {
		return call.headers(this.name);
	}

}
