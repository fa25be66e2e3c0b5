package dev.authstarter.sample;

import java.util.Set;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns the caller's identity and grants. Any valid token is sufficient.
 */
@RestController
class MeController {

	@GetMapping("/me")
	@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
	Me me(AccessToken caller, @Nullable Organization organization) {
		Clinic clinic = (organization != null) ? new Clinic(organization.id(), organization.name()) : null;
		return new Me(caller.subject(), caller.callerType(), caller.scopes(), caller.rolesIn(organization), clinic);
	}

	record Me(String subject, CallerType caller, Set<String> scopes, Set<String> roles, @Nullable Clinic clinic) {

	}

	record Clinic(String id, @Nullable String name) {

	}

}
