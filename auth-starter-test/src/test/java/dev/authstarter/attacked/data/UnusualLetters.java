package dev.authstarter.attacked.data;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.authstarter.Organization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresScope;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Letters whose holes need requests and answers of unusual forms. One endpoint separates
 * organizations; each of the others has a hole of its own.
 */
@RestController
@RequiresOrganization
public final class UnusualLetters {

	/** The endpoints that do not compare the owner. */
	public static final Set<String> HOLES = Set.of("GET /holes/list", "GET /holes/key", "GET /holes/cookie",
			"GET /holes/pages", "GET /holes/lines", "GET /holes/tenant", "POST /holes/owner",
			"POST /holes/owner-object", "POST /holes/folder");

	private final Letters letters;

	UnusualLetters(Letters letters) {
		this.letters = letters;
	}

	@GetMapping("/letters")
	@RequiresScope("read:letters")
	List<Letter> own(@RequestParam(required = false) @Nullable List<UUID> ids,
			@RequestParam(required = false) @Nullable Key after, Organization organization) {
		return this.letters.where((letter) -> isOf(letter, organization) && (ids == null || ids.contains(letter.id()))
				&& (after == null || after.isOf(letter)));
	}

	/** The letters of a list of identifiers. */
	@GetMapping("/holes/list")
	@RequiresScope("read:letters")
	List<Letter> list(@RequestParam(required = false) @Nullable List<UUID> letterIds, Organization organization) {
		return this.letters
			.where((letter) -> (letterIds != null) ? letterIds.contains(letter.id()) : isOf(letter, organization));
	}

	/** The letter of an identifier that has a type of its own. */
	@GetMapping("/holes/key")
	@RequiresScope("read:letters")
	List<Letter> key(@RequestHeader(name = "Last-Seen", required = false) @Nullable Key lastSeen,
			Organization organization) {
		return this.letters.where((letter) -> (lastSeen != null) ? lastSeen.isOf(letter) : isOf(letter, organization));
	}

	/** The same, in a cookie. */
	@GetMapping("/holes/cookie")
	@RequiresScope("read:letters")
	List<Letter> cookie(@CookieValue(name = "seen", required = false) @Nullable Key seen, Organization organization) {
		return this.letters.where((letter) -> (seen != null) ? seen.isOf(letter) : isOf(letter, organization));
	}

	/** The second page, to which a relative link leads, has the letters of all. */
	@GetMapping("/holes/pages")
	@RequiresScope("read:letters")
	ResponseEntity<List<Letter>> pages(@RequestParam(defaultValue = "0") String page, Organization organization) {
		if (page.equals("1")) {
			return ResponseEntity.ok(this.letters.where((letter) -> true));
		}
		return ResponseEntity.ok()
			.header(HttpHeaders.LINK, "<?page=1>; rel=\"next\"")
			.body(this.letters.where((letter) -> isOf(letter, organization)));
	}

	/** Lines of JSON with the addressees of all. */
	@GetMapping(path = "/holes/lines", produces = MediaType.APPLICATION_NDJSON_VALUE)
	@RequiresScope("read:letters")
	String lines() {
		StringBuilder lines = new StringBuilder();
		this.letters.where((letter) -> true)
			.forEach((letter) -> lines.append("{\"to\":\"")
				.append(letter.addressee().replace("\"", "\\\"").replace("ë", "\\u00eb"))
				.append("\"}\n"));
		return lines.toString();
	}

	/** A header of the application's own has priority over the token. */
	@GetMapping("/holes/tenant")
	@RequiresScope("read:letters")
	List<Letter> tenant(HttpServletRequest request, Organization organization) {
		String tenant = request.getHeader("X-Tenant-Id");
		return this.letters
			.where((letter) -> (tenant != null) ? letter.organization().equals(tenant) : isOf(letter, organization));
	}

	/** The body names the owner, by a text. */
	@PostMapping("/holes/owner")
	@RequiresScope("write:letters")
	void owner(@RequestBody Draft draft, Organization organization) {
		String owner = (draft.organization() != null) ? draft.organization() : organization.id();
		this.letters.save(new Letter(UUID.randomUUID(), owner, UUID.randomUUID(), draft.addressee()));
	}

	/** The body names the owner, by an object. */
	@PostMapping("/holes/owner-object")
	@RequiresScope("write:letters")
	void ownerObject(@RequestBody ObjectDraft draft, Organization organization) {
		String owner = (draft.organization() != null) ? draft.organization().id() : organization.id();
		this.letters.save(new Letter(UUID.randomUUID(), owner, UUID.randomUUID(), draft.addressee()));
	}

	/** The body names a folder, beside a number. */
	@PostMapping("/holes/folder")
	@RequiresScope("write:letters")
	void folder(@RequestBody Filed filed, Organization organization) {
		List<Letter> neighbours = this.letters.where((letter) -> letter.folder().equals(filed.folder()));
		String owner = neighbours.isEmpty() ? organization.id() : neighbours.get(0).organization();
		this.letters.save(new Letter(UUID.randomUUID(), owner, UUID.randomUUID(), filed.addressee()));
	}

	private static boolean isOf(Letter letter, Organization organization) {
		return letter.organization().equals(organization.id());
	}

	/**
	 * The identifier of a letter.
	 *
	 * @param text the identifier
	 */
	public record Key(String text) {

		boolean isOf(Letter letter) {
			return letter.id().toString().equals(this.text);
		}

	}

	record Draft(String addressee, @Nullable String organization) {

	}

	record ObjectDraft(String addressee, @Nullable Owner organization) {

	}

	record Owner(String id) {

	}

	record Filed(String addressee, @Nullable Integer id, @Nullable UUID folder) {

	}

}
