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
 * Finds the memberships of callers in the application's store, and keeps them for a
 * while. No method waits.
 */
public final class Memberships {

	/** Of organizations, roles and permissions that are kept, together. */
	private static final int MAXIMUM_NAMES = 200_000;

	private final OrganizationMemberships store;

	private final Settings settings;

	private final Semaphore waiting;

	private final FailureLog failures;

	private final AsyncCache<Caller, MembershipAnswer> known;

	/**
	 * Find memberships in a store.
	 * @param store the application's
	 * @param settings what is configured
	 * @param maximumWaiting how many requests may wait for the store at a time
	 * @param clock tells how old an answer is
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
	 * What is configured.
	 *
	 * @param combination which counts, the store or the token
	 * @param timeToLive how long an answer is kept
	 * @param timeout how long the store may take
	 */
	public record Settings(MembershipCombination combination, Duration timeToLive, Duration timeout) {

	}

	/**
	 * What an answer is kept for.
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
	 * Tell whether the store may give what the token does not give.
	 * @return {@code false} where the token is the upper bound
	 */
	public boolean mayAdd() {
		return this.settings.combination() != MembershipCombination.INTERSECT;
	}

	/**
	 * Find the memberships of a caller.
	 * @param token the caller's token
	 * @return the answer, which never fails; within a bounded time, unless the store
	 * keeps the thread that calls this
	 */
	public CompletableFuture<MembershipAnswer> find(AccessToken token) {
		if (!mayAdd() && token.organizations().isEmpty()) {
			// Whatever the store says, both together say nothing.
			return CompletableFuture.completedFuture(MembershipAnswer.of(List.of()));
		}
		Caller caller = new Caller(token.issuer(), token.subject(), token.clientId());
		CompletableFuture<MembershipAnswer> known = this.known.getIfPresent(caller);
		if (known != null && known.isDone()) {
			return known;
		}
		// Held as long as this request waits, and as long as the store keeps its thread.
		if (!this.waiting.tryAcquire()) {
			return CompletableFuture.completedFuture(MembershipAnswer.UNAVAILABLE);
		}
		CompletableFuture<MembershipAnswer> asked = (known != null) ? known : askOnce(caller, token);
		return asked.whenComplete((answer, failure) -> this.waiting.release());
	}

	/**
	 * Return an answer that {@link #find} promised.
	 * @param arrival what it returned
	 * @return the answer; that there is none, if it has not arrived
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
			// Also an Error, for example that no thread can be started: requests wait.
			found.completeExceptionally(ex);
		}
		return settled;
	}

	/**
	 * A failure is forgotten before it is answered, so that the next request asks again.
	 * The cache would log one that it is given.
	 */
	private MembershipAnswer settle(Caller caller, CompletableFuture<MembershipAnswer> answer,
			@Nullable List<Organization> organizations, @Nullable Throwable failure) {
		MembershipAnswer settled = (organizations != null && failure == null) ? MembershipAnswer.of(organizations)
				: MembershipAnswer.UNAVAILABLE;
		if (failure != null) {
			this.failures.note("Memberships cannot be read, and requests that need them are refused with 503", failure);
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
	 * Combine what a token says with what the store says.
	 * @param token what the token says
	 * @param stored what the store says
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
		// They hold in the organizations that the token names, and stand there now. Those
		// of a token that names none hold in none that the store names.
		return token.withRoles(Set.of()).withPermissions(Set.of()).withOrganizations(combined);
	}

}
