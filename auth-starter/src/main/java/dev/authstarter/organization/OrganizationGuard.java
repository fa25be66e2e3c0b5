package dev.authstarter.organization;

import java.util.List;
import java.util.Map;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.web.HandlerGuard;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.HandlerMapping;

/**
 * Keeps organizations apart: a handler whose path names one is for callers whose token
 * names the same. The acting organization is left in the request for controllers and for
 * the rules about roles.
 */
final class OrganizationGuard implements HandlerGuard {

	static final String PATH_VARIABLE = "organizationId";

	@Override
	public @Nullable Refusal refuse(Object handler, HttpServletRequest request, @Nullable AccessToken caller) {
		String requested = pathVariable(request);
		if (requested == null) {
			act(request, (caller != null) ? only(caller.organizations()) : null);
			return null;
		}
		if (caller == null) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		if (caller.organizations().isEmpty()) {
			return Refusal.of(Reason.ORGANIZATION_MISSING);
		}
		Organization organization = caller.organization(requested);
		act(request, organization);
		return (organization != null) ? null : Refusal.of(Reason.ORGANIZATION_MISMATCH);
	}

	private static @Nullable String pathVariable(HttpServletRequest request) {
		return (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
				&& variables.get(PATH_VARIABLE) instanceof String value) ? value : null;
	}

	private static @Nullable Organization only(List<Organization> organizations) {
		return (organizations.size() == 1) ? organizations.get(0) : null;
	}

	private static void act(HttpServletRequest request, @Nullable Organization organization) {
		request.setAttribute(Organization.class.getName(), organization);
	}

}
