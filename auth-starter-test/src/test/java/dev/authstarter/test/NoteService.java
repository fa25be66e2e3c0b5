package dev.authstarter.test;

import java.util.Map;

import dev.authstarter.CurrentOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;

/**
 * A service with rules of its own.
 */
@Service
class NoteService {

	private final CurrentOrganization organization;

	NoteService(CurrentOrganization organization) {
		this.organization = organization;
	}

	@RequiresScope("read:notes")
	Map<String, String> list() {
		Authentication caller = SecurityContextHolder.getContext().getAuthentication();
		return Map.of("caller", (caller != null) ? caller.getName() : "none", "organization",
				this.organization.get().id());
	}

	@RequiresRole("editor")
	void delete() {
	}

}
