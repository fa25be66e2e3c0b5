package dev.authstarter.test;

import java.util.Map;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Returns the arguments of its calls.
 */
@RestController
class AppointmentController {

	@GetMapping("/organizations/{organizationId}/appointments")
	@RequiresScope("read:appointments")
	Map<String, Object> list(AccessToken caller, Organization organization) {
		return Map.of("caller", caller.subject(), "organization", organization.id());
	}

	@DeleteMapping("/organizations/{organizationId}/appointments/{id}")
	@RequiresScope("write:appointments")
	@RequiresRole("editor")
	void cancel(@PathVariable String id) {
	}

	@GetMapping("/me")
	Map<String, Object> me(AccessToken caller) {
		return Map.of("caller", caller.subject(), "kind", caller.callerType(), "scopes", new TreeSet<>(caller.scopes()),
				"roles", new TreeSet<>(caller.roles()), "permissions", new TreeSet<>(caller.permissions()));
	}

}
