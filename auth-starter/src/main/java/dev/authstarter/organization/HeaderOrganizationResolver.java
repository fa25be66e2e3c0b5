package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;

/**
 * A request header, whose value is one id and nothing else.
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
