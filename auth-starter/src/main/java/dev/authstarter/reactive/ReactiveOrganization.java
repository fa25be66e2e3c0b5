package dev.authstarter.reactive;

import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import dev.authstarter.RefusedException;
import reactor.core.publisher.Mono;

/**
 * Returns the organization that the current request acts in, for reactive services, which
 * cannot take it as a controller argument. Inject it as a bean in WebFlux applications.
 * The organization is read from Reactor's context and is propagated with it.
 *
 * @see dev.authstarter.CurrentOrganization
 */
@FunctionalInterface
public interface ReactiveOrganization {

	/**
	 * Find the organization.
	 * @return one of the token's organizations; empty outside of a request and if the
	 * request acts in none
	 */
	Mono<Organization> find();

	/**
	 * Return the organization.
	 * @return the organization; fails with a {@link RefusedException} if there is none
	 */
	default Mono<Organization> get() {
		return find().switchIfEmpty(Mono.error(() -> new RefusedException(Refusal.of(Reason.ORGANIZATION_MISSING))));
	}

}
