package dev.authstarter.organization;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * Asks the policies of the application and keeps their answers for a while. A policy that
 * fails has said nothing: its exception goes to the caller as an error of the server.
 */
final class OrganizationPolicies {

	private static final int MAXIMUM_ANSWERS = 10_000;

	private final List<OrganizationPolicy> policies;

	private final LoadingCache<Question, Boolean> answers;

	OrganizationPolicies(List<OrganizationPolicy> policies, Duration timeToLive, Clock clock) {
		this.policies = List.copyOf(policies);
		this.answers = Caffeine.newBuilder()
			.maximumSize(MAXIMUM_ANSWERS)
			.expireAfterWrite(timeToLive)
			.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
			.build(this::ask);
	}

	boolean allow(String issuer, String organizationId) {
		return this.policies.isEmpty() || this.answers.get(new Question(issuer, organizationId));
	}

	private boolean ask(Question question) {
		return this.policies.stream().allMatch((policy) -> policy.allows(question.issuer(), question.organizationId()));
	}

	/**
	 * Ids of two issuers may be the same and mean different organizations.
	 */
	private record Question(String issuer, String organizationId) {

	}

}
