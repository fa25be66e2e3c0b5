package dev.authstarter.attacked.data;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresScope;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Separates organizations, in ways that attacks cannot easily recognize.
 */
@RestController
@RequestMapping("/odd")
@RequiresOrganization
public class OddController {

	private final Letters letters;

	OddController(Letters letters) {
		this.letters = letters;
	}

	/** Fails for all callers. */
	@GetMapping("/broken/{id}")
	@RequiresScope("read:letters")
	Letter broken(@PathVariable UUID id) {
		throw new IllegalStateException("broken");
	}

	/** Fails for identifiers that are not the caller's. */
	@GetMapping("/fragile/{id}")
	@RequiresScope("read:letters")
	Letter fragile(@PathVariable UUID id, Organization organization) {
		return own(organization).stream().filter((letter) -> letter.id().equals(id)).findFirst().orElseThrow();
	}

	/** Never answers the same twice. */
	@GetMapping("/varying/{id}")
	@RequiresScope("read:letters")
	Map<String, Object> varying(@PathVariable UUID id, Organization organization) {
		return Map.of("time", System.nanoTime(), "found",
				own(organization).stream().filter((letter) -> letter.id().equals(id)).toList());
	}

	/** Needs a value that is no identifier. */
	@GetMapping("/years/{year:\\d{4}}")
	@RequiresScope("read:letters")
	List<Letter> ofYear(@PathVariable int year, Organization organization) {
		if (year != 2030) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return own(organization);
	}

	/** Has a rule that cannot be read, and a certain caller. */
	@GetMapping("/expression")
	@PreAuthorize("hasAuthority('SCOPE_read:odd')")
	List<Letter> expression(AccessToken caller, Organization organization) {
		if (!("auth0|" + organization.id()).equals(caller.subject())) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}
		return own(organization);
	}

	/** Needs a body. */
	@PostMapping("/body")
	@RequiresScope("write:letters")
	void body(@RequestBody Map<String, String> body) {
	}

	/** Changes nothing that can be read. */
	@PostMapping("/unseen")
	@RequiresScope("write:letters")
	@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void unseen() {
	}

	private List<Letter> own(Organization organization) {
		return this.letters.where((letter) -> letter.organization().equals(organization.id()));
	}

}
