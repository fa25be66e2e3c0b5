package dev.authstarter.organization;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

/**
 * Calls the policies of the application and caches their results. An exception of a
 * policy is not cached and fails the request with a server error.
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
	 * Cached by issuer and id: two issuers may use the same id for different
	 * organizations.
	 */
	private record Question(String issuer, String organizationId) {

	}

}
