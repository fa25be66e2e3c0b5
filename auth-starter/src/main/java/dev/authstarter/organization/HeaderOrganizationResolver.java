package dev.authstarter.organization;

import java.util.Enumeration;

import jakarta.servlet.http.HttpServletRequest;
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
	public @Nullable String first(Object handler, HttpServletRequest request) {
		return request.getHeader(this.name);
	}

	@Override
	public boolean agrees(Object handler, HttpServletRequest request, String organization) {
		Enumeration<String> values = request.getHeaders(this.name);
		while (values.hasMoreElements()) {
			if (!values.nextElement().equals(organization)) {
				return false;
			}
		}
		return true;
	}

}
