package dev.authstarter.membership;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.configuration.MembershipCombination;
import dev.authstarter.event.FailureLog;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Looks up the memberships of callers in the application's store and caches them. No
 * method blocks.
 */
public final class Memberships {

	/** Maximum number of cached organizations, roles and permissions in total. */
	private static final int MAXIMUM_NAMES = 200_000;

	private final OrganizationMemberships store;

	private final Settings settings;

	private final Semaphore waiting;

	private final FailureLog failures;

	private final AsyncCache<Caller, MembershipAnswer> known;

	/**
	 * Create the look-up.
	 * @param store the application's store
	 * @param settings the configuration
	 * @param maximumWaiting how many requests may wait for the store at a time
	 * @param clock the clock by which cached results expire
	 */
	public Memberships(OrganizationMemberships store, Settings settings, int maximumWaiting, Clock clock) {
		this.store = store;
		this.settings = settings;
		this.waiting = new Semaphore(maximumWaiting);
		this.failures = new FailureLog(OrganizationMemberships.class, clock);
		this.known = Caffeine.newBuilder()
			.maximumWeight(MAXIMUM_NAMES)
			.weigher(Memberships::names)
			.expireAfterWrite(settings.timeToLive())
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.buildAsync();
	}

	/**
	 * The configuration.
	 *
	 * @param combination how the store and the token are combined
	 * @param timeToLive how long a result is cached
	 * @param timeout how long the store may take
	 */
	public record Settings(MembershipCombination combination, Duration timeToLive, Duration timeout) {

	}

	/**
	 * The key of a cached result.
	 */
	private record Caller(String issuer, String subject, @Nullable String clientId) {

	}

	private static int names(Caller caller, MembershipAnswer answer) {
		int names = 1;
		for (Organization organization : answer.organizations()) {
			names += 1 + organization.roles().size() + organization.permissions().size();
		}
		return names;
	}

	/**
	 * Return whether the store may add to the grants of the token.
	 * @return {@code false} if the token is the upper bound
	 */
	public boolean mayAdd() {
		return this.settings.combination() != MembershipCombination.INTERSECT;
	}

	/**
	 * Find the memberships of a caller.
	 * @param token the caller's token
	 * @return the result, which never completes exceptionally. It completes within the
	 * timeout unless the store blocks the calling thread
	 */
	public CompletableFuture<MembershipAnswer> find(AccessToken token) {
		if (!mayAdd() && token.organizations().isEmpty()) {
			// The intersection is empty whatever the store returns.
			return CompletableFuture.completedFuture(MembershipAnswer.of(List.of()));
		}
		Caller caller = new Caller(token.issuer(), token.subject(), token.clientId());
		CompletableFuture<MembershipAnswer> known = this.known.getIfPresent(caller);
		if (known != null && known.isDone()) {
			return known;
		}
		// Held while this request waits or the store blocks its thread.
		if (!this.waiting.tryAcquire()) {
			return CompletableFuture.completedFuture(MembershipAnswer.UNAVAILABLE);
		}
		CompletableFuture<MembershipAnswer> asked = (known != null) ? known : askOnce(caller, token);
		return asked.whenComplete((answer, failure) -> this.waiting.release());
	}

	/**
	 * Return the result of a look-up.
	 * @param arrival the future that {@link #find} returned
	 * @return the result; unavailable if the look-up is not complete
	 */
	public MembershipAnswer arrived(CompletableFuture<MembershipAnswer> arrival) {
		return arrival.isCompletedExceptionally() ? MembershipAnswer.UNAVAILABLE
				: arrival.getNow(MembershipAnswer.UNAVAILABLE);
	}

	private CompletableFuture<MembershipAnswer> askOnce(Caller caller, AccessToken token) {
		CompletableFuture<MembershipAnswer> answer = new CompletableFuture<>();
		CompletableFuture<MembershipAnswer> other = this.known.asMap().putIfAbsent(caller, answer);
		if (other != null) {
			return other;
		}
		CompletableFuture<List<Organization>> found = new CompletableFuture<>();
		CompletableFuture<MembershipAnswer> settled = found
			.orTimeout(this.settings.timeout().toNanos(), TimeUnit.NANOSECONDS)
			.handle((organizations, failure) -> settle(caller, answer, organizations, failure));
		try {
			this.store.find(token).whenComplete((organizations, failure) -> complete(found, organizations, failure));
		}
		catch (Exception | Error ex) {
			// Also an Error, for example if no thread can be started: requests are
			// waiting.
			found.completeExceptionally(ex);
		}
		return settled;
	}

	/**
	 * A failed look-up is removed from the cache before the result completes, so that the
	 * next request tries again. The cache would log a future that fails.
	 */
	private MembershipAnswer settle(Caller caller, CompletableFuture<MembershipAnswer> answer,
			@Nullable List<Organization> organizations, @Nullable Throwable failure) {
		MembershipAnswer settled = (organizations != null && failure == null) ? MembershipAnswer.of(organizations)
				: MembershipAnswer.UNAVAILABLE;
		if (failure != null) {
			this.failures.note("Memberships cannot be read, and requests that need them are answered with 503",
					failure);
			this.known.asMap().remove(caller, answer);
		}
		answer.complete(settled);
		return settled;
	}

	private static void complete(CompletableFuture<List<Organization>> answer, @Nullable Collection<Organization> found,
			@Nullable Throwable failure) {
		try {
			if (failure != null) {
				answer.completeExceptionally(failure);
				return;
			}
			Assert.notNull(found, "OrganizationMemberships found null");
			for (Organization organization : found) {
				Assert.notNull(organization, "OrganizationMemberships found an organization that is null");
				Assert.hasText(organization.id(), "OrganizationMemberships found an organization with a blank id");
			}
			answer.complete(CombinedGrants.addUp(found));
		}
		catch (RuntimeException ex) {
			answer.completeExceptionally(ex);
		}
	}

	/**
	 * Combine a token with the result of the store.
	 * @param token the caller's token
	 * @param stored the result of the store
	 * @param allowed whether an organization may use this API
	 * @return the token with the organizations in which its caller may act
	 */
	public AccessToken combine(AccessToken token, MembershipAnswer stored, Predicate<String> allowed) {
		List<Organization> combined = CombinedGrants.of(token, stored.organizations(), this.settings.combination())
			.stream()
			.filter((organization) -> allowed.test(organization.id()))
			.toList();
		if (token.organizations().isEmpty() && combined.isEmpty()) {
			return token;
		}
		// Roles and permissions for all organizations of the token are now part of each
		// of them. If the token names none, they do not apply to organizations of the
		// store.
		return token.withRoles(Set.of()).withPermissions(Set.of()).withOrganizations(combined);
	}

}
