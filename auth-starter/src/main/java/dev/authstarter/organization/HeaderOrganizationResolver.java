package dev.authstarter.organization;

import java.util.List;

import dev.authstarter.access.HandlerCall;
import org.jspecify.annotations.Nullable;

/**
 * A request header, whose value is one id and nothing else.
 */
final class HeaderOrganizationResolver implements OrganizationResolver {

	private final String name;

	HeaderOrganizationResolver(String name) {
		this.name = name;
	}

	@Override
	public @Nullable String first(HandlerCall call) {
		List<String> values = call.headers(this.name);
		return values.isEmpty() ? null : values.get(0);
	}

	@Override
	public boolean agrees(HandlerCall call, String organization) {
		return call.headers(this.name).stream().allMatch(organization::equals);
	}

}
