package dev.authstarter.membership;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.configuration.MembershipCombination;
import dev.authstarter.fixture.Heap;
import dev.authstarter.fixture.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class MembershipsTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestClock clock = new TestClock(Instant.parse("2026-11-21T12:00:00Z"));

	private final AtomicInteger questions = new AtomicInteger();

	// Each organization is written as id, roles and permissions: org_a:admin+editor:read

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", value = {
			// both name it: what both give
			"INTERSECT | none | org_a:admin+editor:read | org_a:editor+owner:read+write | org_a:editor:read | none",
			"ADD | none | org_a:admin:read | org_a:owner:write | org_a:admin+owner:read+write | none",
			"REPLACE | none | org_a:admin:read | org_a:owner:write | org_a:owner:write | none",
			// one names it
			"INTERSECT | none | org_a:admin: | org_b:admin: | none | none",
			"ADD | none | org_a:admin: | org_b:editor: | org_a:admin: org_b:editor: | none",
			"REPLACE | none | org_a:admin: | org_b:editor: | org_b:editor: | none",
			"INTERSECT | none | org_a:: | none | none | none", "ADD | none | org_a:admin: | none | org_a:admin: | none",
			"REPLACE | none | org_a:admin: | none | none | none",
			// roles of all organizations of the token count in those alone
			"INTERSECT | admin+editor | org_a:: | org_a:editor: | org_a:editor: | none",
			"ADD | admin | org_a:: | org_b:editor: | org_a:admin: org_b:editor: | none",
			"REPLACE | admin | org_a:: | org_a:: org_b:: | org_a:: org_b:: | none",
			// roles of a token that names no organization count in none that the store
			// names
			"INTERSECT | admin | none | org_a:editor: | none | admin",
			"ADD | admin | none | org_a:editor: | org_a:editor: | none",
			"REPLACE | admin | none | org_a:editor: | org_a:editor: | none", "ADD | admin | none | none | none | admin",
			"REPLACE | admin | none | none | none | admin",
			// several entries of one organization are added up
			"REPLACE | none | org_a:: | org_a:admin: org_a:editor:read | org_a:admin+editor:read | none",
			// identifiers are compared exactly, and some may not use the API
			"INTERSECT | none | org_a:admin: | ORG_A:admin: | none | none",
			"ADD | none | org_a:admin: | blocked:admin: | org_a:admin: | none",
			"REPLACE | none | org_a:admin: | blocked:admin: | none | none" })
	void combinesTokenAndStore(MembershipCombination combination, @Nullable String roles, @Nullable String named,
			@Nullable String stored, @Nullable String expected, @Nullable String expectedRoles) {
		Memberships memberships = memberships(combination, MINUTE, LONG, 1, (token) -> found(organizations(stored)));
		AccessToken token = token("42", organizations(named)).withRoles(names(roles)).withPermissions(Set.of());
		MembershipAnswer answer = answer(memberships, token);
		AccessToken combined = memberships.combine(token, answer, (id) -> !id.equals("blocked"));
		assertThat(combined.organizations()).containsExactlyInAnyOrderElementsOf(organizations(expected));
		assertThat(combined.roles()).isEqualTo(names(expectedRoles));
	}

	@Test
	void keepsAnAnswerForItsCallerUntilItsTimeIsOver() {
		Memberships memberships = counting(MINUTE);
		answer(memberships, token("42"));
		answer(memberships, token("42").withScopes(List.of("other")));
		assertThat(this.questions).hasValue(1);
		this.clock.advance(MINUTE.minusMillis(1));
		answer(memberships, token("42"));
		assertThat(this.questions).hasValue(1);
		this.clock.advance(Duration.ofMillis(1));
		answer(memberships, token("42"));
		assertThat(this.questions).hasValue(2);
	}

	@ParameterizedTest
	@MethodSource("others")
	void keepsAnAnswerForNoOtherCaller(AccessToken other) {
		Memberships memberships = counting(MINUTE);
		answer(memberships, token("42"));
		answer(memberships, other);
		assertThat(this.questions).hasValue(2);
	}

	static List<AccessToken> others() {
		AccessToken token = token("42");
		return List.of(token("43"), with(token, "https://other.example/", "client"),
				with(token, token.issuer(), "other"), with(token, token.issuer(), null));
	}

	@Test
	void keepsNoAnswerWithoutATimeToLive() {
		Memberships memberships = counting(Duration.ZERO);
		answer(memberships, token("42"));
		answer(memberships, token("42"));
		assertThat(this.questions).hasValue(2);
	}

	@ParameterizedTest
	@MethodSource("failures")
	void isUnavailableWhereTheStoreFailsAndTriesAgain(OrganizationMemberships failing) {
		AtomicInteger calls = new AtomicInteger();
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, LONG, 1,
				(token) -> (calls.incrementAndGet() == 1) ? failing.find(token) : found(organizations("org_a::")));
		assertThat(memberships.find(token("42")).join().available()).isFalse();
		assertThat(memberships.find(token("42")).join().organizations()).hasSize(1);
	}

	/** Also those that no checker of nullness would let pass. */
	@SuppressWarnings("NullAway")
	static Stream<OrganizationMemberships> failures() {
		return Stream.of((token) -> {
			throw new IllegalStateException("on purpose");
		}, (token) -> {
			throw new OutOfMemoryError("unable to create native thread, on purpose");
		}, (token) -> null, (token) -> CompletableFuture.failedFuture(new IllegalStateException("on purpose")),
				(token) -> CompletableFuture.completedFuture(null),
				(token) -> found(Arrays.asList(Organization.of("org_a"), null)),
				(token) -> found(List.of(Organization.of(" "))), (token) -> found(List.of(Organization.of(""))));
	}

	@Test
	void isUnavailableWhereTheStoreHangsAndTriesAgain() {
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, Duration.ofMillis(1), 1,
				(token) -> {
					this.questions.incrementAndGet();
					return new CompletableFuture<>();
				});
		assertThat(memberships.find(token("42")).join().available()).isFalse();
		assertThat(memberships.find(token("42")).join().available()).isFalse();
		assertThat(this.questions).hasValue(2);
	}

	@Test
	void asksOnceForAllWhoWait() {
		CompletableFuture<Collection<Organization>> late = new CompletableFuture<>();
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, LONG, 2, (token) -> {
			this.questions.incrementAndGet();
			return late;
		});
		CompletableFuture<MembershipAnswer> one = memberships.find(token("42"));
		CompletableFuture<MembershipAnswer> other = memberships.find(token("42"));
		assertThat(memberships.arrived(one).available()).isFalse();
		late.complete(organizations("org_a::"));
		assertThat(memberships.arrived(one).organizations()).hasSize(1);
		assertThat(memberships.arrived(other).organizations()).hasSize(1);
		assertThat(this.questions).hasValue(1);
	}

	@Test
	void letsNoMoreWaitThanMay() {
		CompletableFuture<Collection<Organization>> late = new CompletableFuture<>();
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, LONG, 2, (token) -> late);
		CompletableFuture<MembershipAnswer> one = memberships.find(token("1"));
		answer(memberships, token("2"));
		assertThat(memberships.find(token("3"))).isCompleted();
		assertThat(memberships.find(token("1")).join().available()).isFalse();
		late.complete(List.of());
		assertThat(memberships.arrived(one).available()).isTrue();
		assertThat(memberships.find(token("3")).join().available()).isTrue();
	}

	@Test
	void letsAStoreThatBlocksKeepNoMoreThreadsThanMay() throws InterruptedException {
		CountDownLatch blocked = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, Duration.ofMillis(500), 1,
				(token) -> {
					blocked.countDown();
					await(end);
					return found(List.of());
				});
		Thread thread = new Thread(() -> answer(memberships, token("1")));
		thread.start();
		await(blocked);
		assertThat(memberships.find(token("2")).join().available()).isFalse();
		end.countDown();
		thread.join();
		assertThat(memberships.find(token("3")).join().available()).isTrue();
	}

	@Test
	void doesNotAskWhereTheAnswerWouldChangeNothing() {
		Memberships memberships = memberships(MembershipCombination.INTERSECT, MINUTE, LONG, 1, (token) -> {
			this.questions.incrementAndGet();
			return found(organizations("org_a::"));
		});
		assertThat(memberships.find(token("42")).join().available()).isTrue();
		assertThat(this.questions).hasValue(0);
	}

	@Test
	void survivesThatAnArrivalIsCancelled() {
		CompletableFuture<Collection<Organization>> late = new CompletableFuture<>();
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, LONG, 1, (token) -> late);
		CompletableFuture<MembershipAnswer> cancelled = memberships.find(token("42"));
		assertThat(cancelled.cancel(true)).isTrue();
		assertThat(memberships.arrived(cancelled).available()).isFalse();
		late.complete(organizations("org_a::"));
		assertThat(memberships.find(token("42")).join().organizations()).hasSize(1);
	}

	@Test
	void keepsABoundedNumberOfCallers() {
		Memberships memberships = memberships(MembershipCombination.REPLACE, MINUTE, LONG, 1, (token) -> found(many()));
		long before = Heap.live();
		for (int i = 0; i < 40_000; i++) {
			answer(memberships, token("subject-" + i));
		}
		assertThat(Heap.live() - before).isLessThan(64L << 20);
		assertThat(memberships.find(token("subject-39999")).join().organizations()).hasSize(20);
	}

	private static MembershipAnswer answer(Memberships memberships, AccessToken token) {
		return memberships.arrived(memberships.find(token));
	}

	private Memberships counting(Duration timeToLive) {
		return memberships(MembershipCombination.REPLACE, timeToLive, LONG, 1, (token) -> {
			this.questions.incrementAndGet();
			return found(List.of());
		});
	}

	private Memberships memberships(MembershipCombination combination, Duration timeToLive, Duration timeout,
			int maximumWaiting, OrganizationMemberships store) {
		return new Memberships(store, new Memberships.Settings(combination, timeToLive, timeout), maximumWaiting,
				this.clock);
	}

	private static CompletionStage<Collection<Organization>> found(Collection<Organization> organizations) {
		return CompletableFuture.completedFuture(organizations);
	}

	private static List<Organization> organizations(@Nullable String texts) {
		List<Organization> organizations = new ArrayList<>();
		for (String text : (texts != null) ? texts.split(" ") : new String[0]) {
			String[] parts = text.split(":", -1);
			organizations.add(new Organization(parts[0], null, names(parts[1]), names(parts[2])));
		}
		return organizations;
	}

	private static Set<String> names(@Nullable String names) {
		return (names != null && !names.isEmpty()) ? Set.of(names.split("\\+")) : Set.of();
	}

	private static AccessToken token(String subject) {
		return token(subject, List.of());
	}

	private static AccessToken token(String subject, List<Organization> organizations) {
		return new AccessToken("https://issuer.example/", subject, "client", CallerType.USER, Set.of(), Set.of(),
				Set.of(), organizations, null, Instant.MAX, Map.of());
	}

	private static AccessToken with(AccessToken token, String issuer, @Nullable String clientId) {
		return new AccessToken(issuer, token.subject(), clientId, token.callerType(), token.scopes(), token.roles(),
				token.permissions(), token.organizations(), token.actor(), token.expiresAt(), token.claims());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static List<Organization> many() {
		List<Organization> organizations = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			organizations.add(new Organization("org_" + i, null, Set.of("role_" + i), Set.of()));
		}
		return organizations;
	}

}
