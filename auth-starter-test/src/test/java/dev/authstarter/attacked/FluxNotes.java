package dev.authstarter.attacked;

import java.util.concurrent.atomic.AtomicInteger;

import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresCaller.Delegation;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresPermission;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Has a rule of every kind and counts its calls.
 */
@RestController
public class FluxNotes {

	static final AtomicInteger CALLS = new AtomicInteger();

	@GetMapping("/organizations/{organizationId}/notes")
	@RequiresScope("read:notes")
	Flux<Integer> list(Organization organization) {
		return Flux.defer(() -> Flux.just(called()));
	}

	@PostMapping("/organizations/{organizationId}/notes")
	@RequiresScope("write:notes")
	int add(@RequestBody String note, Organization organization) {
		return called();
	}

	@DeleteMapping("/organizations/{organizationId}/notes/{id:\\d+}")
	@RequiresScope({ "write:notes", "delete:notes" })
	@RequiresRole("editor")
	int delete(@PathVariable int id, Organization organization) {
		return called();
	}

	@PostMapping(path = "/notes", consumes = MediaType.TEXT_PLAIN_VALUE)
	@RequiresScope(anyOf = { "write:notes", "import:notes" })
	@RequiresPermission("notes:import")
	int create(@RequestBody String note) {
		return called();
	}

	@GetMapping("/notes/count")
	@RequiresCaller(CallerType.MACHINE)
	@RequiresRole("auditor")
	int count() {
		return called();
	}

	@GetMapping("/notes/mine")
	@RequiresOrganization
	@RequiresCaller(CallerType.USER)
	Mono<Integer> mine() {
		return Mono.fromSupplier(FluxNotes::called);
	}

	@GetMapping("/notes/delegated")
	@RequiresScope("read:notes")
	@RequiresCaller(actors = "desk")
	int delegated() {
		return called();
	}

	@GetMapping("/notes/in-person")
	@RequiresCaller(delegation = Delegation.FORBIDDEN)
	int inPerson() {
		return called();
	}

	@GetMapping("/notes/stock")
	@PreAuthorize("hasAuthority('SCOPE_read:notes')")
	Mono<Integer> stock() {
		return Mono.fromSupplier(FluxNotes::called);
	}

	@GetMapping("/me")
	@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
	int me() {
		return called();
	}

	@GetMapping("/status")
	int status() {
		return 1;
	}

	private static int called() {
		return CALLS.incrementAndGet();
	}

}
