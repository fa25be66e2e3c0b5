package dev.authstarter.attacked.data;

import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import dev.authstarter.Organization;
import dev.authstarter.RequiresOrganization;
import dev.authstarter.RequiresScope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Letters on WebFlux. Some endpoints separate organizations; each of the others has a
 * hole of its own.
 */
@RestController
@RequiresOrganization
public final class FluxLetters {

	/** The endpoints that do not compare the owner. */
	public static final Set<String> HOLES = Set.of("GET /holes/query", "GET /holes/header", "GET /holes/object",
			"GET /holes/events", "GET /holes/exchange", "POST /holes/body", "DELETE /holes/{id}",
			"GET /holes/routes/{id}");

	private final Letters letters;

	FluxLetters(Letters letters) {
		this.letters = letters;
	}

	@GetMapping("/organizations/{organizationId}/letters")
	@RequiresScope("read:letters")
	Flux<Letter> list(Organization organization) {
		return find((letter) -> isOf(letter, organization));
	}

	@GetMapping("/organizations/{organizationId}/letters/{id}")
	@RequiresScope("read:letters")
	Mono<Letter> one(@PathVariable UUID id, Organization organization) {
		return only(find((letter) -> letter.id().equals(id) && isOf(letter, organization)));
	}

	@PostMapping("/replies")
	@RequiresScope("write:letters")
	Mono<Letter> reply(@RequestBody Mono<Reply> reply, Organization organization) {
		return reply
			.flatMap((sent) -> only(find((letter) -> letter.id().equals(sent.id()) && isOf(letter, organization)))
				.doOnNext((letter) -> save(letter, sent, organization)));
	}

	@GetMapping("/holes/query")
	@RequiresScope("read:letters")
	Flux<Letter> query(@RequestParam(required = false) @Nullable UUID inFolder, Organization organization) {
		return find((letter) -> (inFolder != null) ? letter.folder().equals(inFolder) : isOf(letter, organization));
	}

	@GetMapping("/holes/header")
	@RequiresScope("read:letters")
	Mono<Letter> header(@RequestHeader("X-Id") UUID id) {
		return only(find((letter) -> letter.id().equals(id)));
	}

	@GetMapping("/holes/object")
	@RequiresScope("read:letters")
	Flux<Letter> object(Mono<Filter> filter, Organization organization) {
		return filter.flatMapMany((filled) -> find((letter) -> (filled.keptIn() != null)
				? letter.folder().equals(filled.keptIn()) : isOf(letter, organization)));
	}

	@GetMapping(path = "/holes/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@RequiresScope("read:letters")
	Flux<Letter> events(@RequestParam(required = false) @Nullable String tenant, Organization organization) {
		return find((letter) -> letter.organization().equals((tenant != null) ? tenant : organization.id()));
	}

	@GetMapping("/holes/exchange")
	@RequiresScope("read:letters")
	Flux<Letter> exchange(ServerWebExchange exchange, Organization organization) {
		String named = exchange.getRequest().getQueryParams().getFirst("organizationId");
		return find((letter) -> letter.organization().equals((named != null) ? named : organization.id()));
	}

	@PostMapping("/holes/body")
	@RequiresScope("write:letters")
	Mono<Letter> body(@RequestBody Mono<Reply> reply, Organization organization) {
		return reply.flatMap((sent) -> only(find((letter) -> letter.id().equals(sent.id())))
			.doOnNext((letter) -> save(letter, sent, organization)));
	}

	@DeleteMapping("/holes/{id}")
	@RequiresScope("write:letters")
	Mono<Void> delete(@PathVariable UUID id) {
		return find((letter) -> letter.id().equals(id)).doOnNext(this.letters::remove).then();
	}

	private Flux<Letter> find(Predicate<Letter> condition) {
		return Flux.defer(() -> Flux.fromIterable(this.letters.where(condition)));
	}

	private static Mono<Letter> only(Flux<Letter> found) {
		return found.next().switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
	}

	private void save(Letter letter, Reply reply, Organization organization) {
		this.letters.save(new Letter(UUID.randomUUID(), organization.id(), letter.folder(), "Re: " + reply.text()));
	}

	private static boolean isOf(Letter letter, Organization organization) {
		return letter.organization().equals(organization.id());
	}

	record Filter(@Nullable UUID keptIn) {

	}

	record Reply(UUID id, String text) {

	}

}
