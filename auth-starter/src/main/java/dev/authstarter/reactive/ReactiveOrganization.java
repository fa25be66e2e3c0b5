package dev.authstarter.reactive;

import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import reactor.core.publisher.Mono;

/**
 * The organization that the current request acts in, for reactive services that have no
 * controller argument. A bean to inject in WebFlux applications. It is found in Reactor's
 * context, so it goes wherever that goes.
 *
 * @see dev.authstarter.CurrentOrganization
 */
@FunctionalInterface
public interface ReactiveOrganization {

	/**
	 * Find the organization.
	 * @return the organization, one of the token's, or nothing outside of a request and
	 * where it acts in none
	 */
	Mono<Organization> find();

	/**
	 * Return the organization.
	 * @return the organization; fails with a {@link RefusedException} if there is none: a
	 * caller without an organization has no business here
	 */
	default Mono<Organization> get() {
		return find().switchIfEmpty(Mono.error(() -> new RefusedException(Refusal.of(Reason.ORGANIZATION_MISSING))));
	}

}
