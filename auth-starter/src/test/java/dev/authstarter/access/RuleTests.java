package dev.authstarter.access;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which callers fulfil a rule, and with which reason others are refused.
 */
class RuleTests {

	private static final Organization ACME = new Organization("org_acme", null, Set.of("editor"), Set.of("cancel"));

	private static final Organization GLOBEX = new Organization("org_globex", null, Set.of("viewer"), Set.of());

	private static final Rule STRICT = new Rule(List.of(List.of("a"), List.of("b", "c")), List.of(List.of("editor")),
			List.of(List.of("cancel")), EnumSet.of(CallerType.USER), true, true, false);

	private final AccessToken valid = token(CallerType.USER, Set.of("a", "c"), List.of(ACME, GLOBEX));

	@Test
	void grantsWhatIsFulfilled() {
		assertThat(STRICT.refuse(this.valid, ACME)).isNull();
	}

	@Test
	void asksForTheTokenFirst() {
		assertThat(STRICT.refuse(null, null)).isEqualTo(Refusal.of(Reason.MISSING_TOKEN));
		assertThat(Rule.NONE.refuse(null, null)).isNull();
	}

	@Test
	void namesTheScopesThatAreNeededAndNoAlternative() {
		assertThat(STRICT.refuse(token(CallerType.USER, Set.of("a"), List.of(ACME)), ACME))
			.isEqualTo(new Refusal(Reason.INSUFFICIENT_SCOPE, List.of("a", "b")));
	}

	@Test
	void countsNothingOfAnotherOrganization() {
		assertThat(STRICT.refuse(this.valid, GLOBEX))
			.isEqualTo(new Refusal(Reason.INSUFFICIENT_ROLE, List.of("editor")));
		Rule permission = new Rule(List.of(), List.of(), List.of(List.of("cancel")), EnumSet.allOf(CallerType.class),
				false, false, false);
		assertThat(permission.refuse(this.valid, GLOBEX))
			.isEqualTo(new Refusal(Reason.INSUFFICIENT_PERMISSION, List.of("cancel")));
		assertThat(permission.refuse(this.valid, null)).isNotNull();
	}

	@Test
	void refusesOtherKindsOfCallers() {
		assertThat(STRICT.refuse(token(CallerType.MACHINE, Set.of("a", "b"), List.of(ACME)), ACME))
			.isEqualTo(new Refusal(Reason.WRONG_CALLER, List.of("user")));
	}

	@Test
	void distinguishesNoOrganizationFromSeveral() {
		assertThat(STRICT.refuse(this.valid, null)).isEqualTo(Refusal.of(Reason.ORGANIZATION_UNSPECIFIED));
		assertThat(STRICT.refuse(token(CallerType.USER, Set.of(), List.of()), null))
			.isEqualTo(Refusal.of(Reason.ORGANIZATION_MISSING));
	}

	@Test
	void letsOnlyMachinesGoWithoutOrganization() {
		Rule open = new Rule(List.of(List.of("a")), List.of(), List.of(), EnumSet.allOf(CallerType.class), false, true,
				true);
		assertThat(open.refuse(token(CallerType.MACHINE, Set.of("a"), List.of()), null)).isNull();
		assertThat(open.refuse(token(CallerType.USER, Set.of("a"), List.of()), null)).isNotNull();
		assertThat(open.refuse(token(CallerType.MACHINE, Set.of("a"), List.of(ACME, GLOBEX)), null)).isNotNull();
	}

	@Test
	void joinsRules() {
		Rule scope = new Rule(List.of(List.of("a")), List.of(), List.of(), EnumSet.allOf(CallerType.class), false,
				false, false);
		assertThat(scope.and(STRICT))
			.hasToString("scope a and b or c; role editor; permission cancel; caller user; organization");
	}

	@Test
	void costsNoMemoryWhenGranted() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long id = Thread.currentThread().getId();
		decideOften();
		long before = threads.getThreadAllocatedBytes(id);
		decideOften();
		assertThat(threads.getThreadAllocatedBytes(id) - before).isLessThan(20_000);
	}

	private void decideOften() {
		@Nullable Refusal refusal = null;
		for (int i = 0; i < 20_000; i++) {
			refusal = STRICT.refuse(this.valid, ACME);
		}
		assertThat(refusal).isNull();
	}

	private static AccessToken token(CallerType caller, Set<String> scopes, List<Organization> organizations) {
		return new AccessToken("https://issuer.example/", "42", "client", caller, scopes, Set.of(), Set.of(),
				organizations, null, Instant.MAX, Map.of());
	}

}
