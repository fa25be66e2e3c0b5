package dev.authstarter.attacked.data;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.RequiresCaller;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresRole;
import dev.authstarter.RequiresScope;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Separates the letters of organizations, except for the open {@link Hole}.
 */
@RestController
public final class LetterController {

	private static final String OF_ORGANIZATION = "/organizations/{organizationId}/letters";

	private final Letters letters;

	LetterController(Letters letters) {
		this.letters = letters;
	}

	@GetMapping(OF_ORGANIZATION)
	@RequiresScope("read:letters")
	ResponseEntity<List<Letter>> list(Organization organization,
			@RequestParam(required = false) @Nullable UUID inFolder, @RequestParam(defaultValue = "0") int page,
			HttpServletRequest request) {
		if (inFolder != null) {
			return ResponseEntity.ok(this.letters.where((letter) -> letter.folder().equals(inFolder)
					&& (Hole.LIST_FILTERED.isOpen() || isOf(letter, organization))));
		}
		List<Letter> own = this.letters.where((letter) -> Hole.LIST.isOpen() || isOf(letter, organization));
		if (!Hole.LIST_LATER_PAGE.isOpen()) {
			return ResponseEntity.ok(own);
		}
		List<Letter> shown = (page == 0) ? own : this.letters.where((letter) -> !isOf(letter, organization));
		return ResponseEntity.ok()
			.header(HttpHeaders.LINK,
					"<http://api.example%s/organizations/%s/letters?page=1>; rel=\"next\""
						.formatted(request.getContextPath(), organization.id()))
			.body(shown);
	}

	@PostMapping(OF_ORGANIZATION)
	@RequiresScope("write:letters")
	ResponseEntity<Void> write(@RequestBody Draft draft, Organization organization) {
		String named = draft.organizationId();
		String owner = (Hole.BODY_ORGANIZATION.isOpen() && named != null) ? named : organization.id();
		Letter letter = new Letter(UUID.randomUUID(), owner, UUID.randomUUID(), draft.addressee());
		this.letters.save(letter);
		return ResponseEntity
			.created(URI.create("/organizations/%s/letters/%s".formatted(organization.id(), letter.id())))
			.build();
	}

	@GetMapping(OF_ORGANIZATION + "/{id}")
	@RequiresScope("read:letters")
	Object find(@PathVariable UUID id, Organization organization) {
		Letter letter = byId(id);
		boolean own = letter != null && isOf(letter, organization);
		if (letter == null || own) {
			return required(letter, id);
		}
		if (Hole.DELETE_BY_READING.isOpen()) {
			this.letters.remove(letter);
		}
		if (Hole.FIND_AND_FAIL.isOpen()) {
			throw new IllegalStateException("not ours");
		}
		if (Hole.FIND_IN_REFUSAL.isOpen()) {
			return ResponseEntity.status(HttpStatus.FORBIDDEN).body("This is a letter to " + letter.addressee());
		}
		if (Hole.FIND_ENCODED.isOpen()) {
			return Map.of("content",
					Base64.getUrlEncoder()
						.withoutPadding()
						.encodeToString(letter.addressee().getBytes(StandardCharsets.UTF_8)));
		}
		return required(Hole.FIND.isOpen() ? letter : null, id);
	}

	@PutMapping(OF_ORGANIZATION + "/{id}")
	@RequiresScope("write:letters")
	Letter change(@PathVariable UUID id, @RequestBody Draft draft, Organization organization) {
		UUID named = draft.id();
		boolean believed = Hole.UPDATE_BY_BODY.isOpen() && named != null;
		UUID changed = (Hole.UPDATE_BY_BODY.isOpen() && named != null) ? named : id;
		Letter letter = required((Hole.UPDATE.isOpen() || believed) ? byId(changed) : own(changed, organization), id);
		Letter now = new Letter(letter.id(), letter.organization(), letter.folder(), draft.addressee());
		this.letters.save(now);
		return new Letter(id, organization.id(), letter.folder(), draft.addressee());
	}

	@DeleteMapping(OF_ORGANIZATION + "/{id}")
	@RequiresScope("write:letters")
	@RequiresRole("editor")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable UUID id, Organization organization) {
		boolean unchecked = Hole.DELETE.isOpen() || Hole.DELETE_AND_REFUSE.isOpen();
		Letter letter = unchecked ? byId(id) : own(id, organization);
		if (letter != null) {
			this.letters.remove(letter);
			if (Hole.DELETE_AND_REFUSE.isOpen() && !isOf(letter, organization)) {
				throw new ResponseStatusException(HttpStatus.FORBIDDEN);
			}
		}
	}

	@DeleteMapping("/letters")
	@RequiresScope("write:letters")
	@RequiresOrganization
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void deleteAll(Organization organization) {
		this.letters.where((letter) -> Hole.DELETE_ALL.isOpen() || isOf(letter, organization))
			.forEach(this.letters::remove);
	}

	@GetMapping("/organizations/{organizationId}/folders/{folderKey}/letters")
	@RequiresScope("read:letters")
	List<Letter> ofFolder(@PathVariable UUID folderKey, Organization organization) {
		return this.letters.where((letter) -> letter.folder().equals(folderKey)
				&& (Hole.SECOND_VARIABLE.isOpen() || isOf(letter, organization)));
	}

	@GetMapping("/letters")
	@RequiresScope("read:letters")
	@RequiresOrganization
	Callable<List<Letter>> ofCaller(Organization organization, HttpServletRequest request) {
		String tenant = request.getParameter("tenant");
		String id = (Hole.QUERY_ORGANIZATION.isOpen() && tenant != null) ? tenant : organization.id();
		return () -> this.letters.where((letter) -> letter.organization().equals(id));
	}

	@GetMapping("/letters/filtered")
	@RequiresScope("read:letters")
	@RequiresOrganization
	List<Letter> filtered(Filter filter, Organization organization) {
		return this.letters.where((letter) -> (filter.keptIn() == null) ? isOf(letter, organization)
				: letter.folder().equals(filter.keptIn())
						&& (Hole.FILTER_OBJECT.isOpen() || isOf(letter, organization)));
	}

	@GetMapping("/letters/found")
	@RequiresScope("read:letters")
	@RequiresOrganization
	Letter found(@RequestParam UUID id, Organization organization) {
		return required(Hole.QUERY.isOpen() ? byId(id) : own(id, organization), id);
	}

	@GetMapping("/letters/current")
	@RequiresScope("read:letters")
	@RequiresOrganization
	Letter current(@RequestHeader("X-Id") UUID id, Organization organization) {
		return required(Hole.HEADER.isOpen() ? byId(id) : own(id, organization), id);
	}

	@GetMapping("/letters/{id}/state")
	@RequiresScope("read:letters")
	@RequiresOrganization
	Map<String, String> state(@PathVariable UUID id, Organization organization) {
		required(Hole.EXISTS.isOpen() ? byId(id) : own(id, organization), id);
		return Map.of("state", "sent");
	}

	@GetMapping("/letters/{id}/length")
	@RequiresScope("read:letters")
	@RequiresOrganization
	int length(@PathVariable UUID id, Organization organization) {
		Letter letter = Hole.LENGTH.isOpen() ? byId(id) : own(id, organization);
		return (letter != null) ? letter.addressee().length() : 0;
	}

	@PostMapping("/letters/replies")
	@RequiresScope("write:letters")
	@RequiresOrganization
	Map<String, Object> reply(@RequestBody Reply reply, Organization organization) {
		boolean unchecked = Hole.BODY.isOpen() || Hole.BODY_STORED.isOpen();
		Letter letter = required(unchecked ? byId(reply.id()) : own(reply.id(), organization), reply.id());
		this.letters.save(new Letter(UUID.randomUUID(), organization.id(), UUID.randomUUID(),
				"Re: " + (Hole.BODY.isOpen() ? reply.text() : letter.addressee())));
		return Map.of("to", Hole.BODY_STORED.isOpen() ? "" : letter.addressee());
	}

	/** Shows nothing of any organization. */
	@GetMapping("/letters/postage")
	@RequiresCaller({ CallerType.USER, CallerType.MACHINE })
	int postage() {
		return 95;
	}

	private @Nullable Letter byId(UUID id) {
		return this.letters.where((letter) -> letter.id().equals(id)).stream().findFirst().orElse(null);
	}

	private @Nullable Letter own(UUID id, Organization organization) {
		Letter letter = byId(id);
		return (letter != null && isOf(letter, organization)) ? letter : null;
	}

	private static boolean isOf(Letter letter, Organization organization) {
		return letter.organization().equals(organization.id());
	}

	/** A refusal repeats the identifier of the request. */
	private static Letter required(@Nullable Letter letter, UUID id) {
		if (letter == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no letter " + id);
		}
		return letter;
	}

	record Draft(String addressee, @Nullable UUID id, @Nullable String organizationId) {

	}

	record Filter(@Nullable UUID keptIn) {

	}

	record Reply(UUID id, String text) {

	}

}
