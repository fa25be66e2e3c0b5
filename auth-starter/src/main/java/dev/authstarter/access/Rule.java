package dev.authstarter.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;

import dev.authstarter.AccessToken;
import dev.authstarter.CallerType;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The access rule of a handler. Each kind of requirement is a list of choices; one name
 * of each choice is needed. Refusals are created in advance, so that a check allocates
 * nothing for a granted caller.
 */
public final class Rule {

	public static final Rule NONE = new Rule(List.of(), List.of(), List.of(), EnumSet.allOf(CallerType.class), false,
			false, false);

	/** A rule that Spring Security enforces. */
	public static final Rule STOCK = new Rule(List.of(), List.of(), List.of(), EnumSet.allOf(CallerType.class), false,
			false, false);

	/** The handler is public: callers without a token are allowed. */
	public static final Rule PUBLIC = new Rule(List.of(), List.of(), List.of(), EnumSet.allOf(CallerType.class), false,
			false, false);

	private final String[][] scopes;

	private final String[][] roles;

	private final String[][] permissions;

	private final Set<CallerType> callers;

	private final boolean callersDeclared;

	private final ActorDemand actor;

	private final boolean organization;

	private final boolean machineWithoutOrganization;

	private final Refusal insufficientScope;

	private final Refusal insufficientRole;

	private final Refusal insufficientPermission;

	private final Refusal wrongCaller;

	public Rule(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
			Set<CallerType> callers, boolean callersDeclared, boolean organization,
			boolean machineWithoutOrganization) {
		this(scopes, roles, permissions, callers, callersDeclared, ActorDemand.NONE, organization,
				machineWithoutOrganization);
	}

	public Rule(List<List<String>> scopes, List<List<String>> roles, List<List<String>> permissions,
			Set<CallerType> callers, boolean callersDeclared, ActorDemand actor, boolean organization,
			boolean machineWithoutOrganization) {
		this.scopes = choices(scopes);
		this.roles = choices(roles);
		this.permissions = choices(permissions);
		this.callers = Set.copyOf(callers);
		this.callersDeclared = callersDeclared;
		this.actor = actor;
		this.organization = organization;
		this.machineWithoutOrganization = machineWithoutOrganization;
		this.insufficientScope = new Refusal(Reason.INSUFFICIENT_SCOPE, firstOfEach(this.scopes));
		this.insufficientRole = new Refusal(Reason.INSUFFICIENT_ROLE, firstOfEach(this.roles));
		this.insufficientPermission = new Refusal(Reason.INSUFFICIENT_PERMISSION, firstOfEach(this.permissions));
		this.wrongCaller = new Refusal(Reason.WRONG_CALLER, names(this.callers));
	}

	private static String[][] choices(List<List<String>> choices) {
		return choices.stream().distinct().map((choice) -> choice.toArray(String[]::new)).toArray(String[][]::new);
	}

	/**
	 * A refusal names one alternative of each choice: requesting all would request too
	 * much.
	 */
	private static List<String> firstOfEach(String[][] choices) {
		List<String> names = new ArrayList<>();
		for (String[] choice : choices) {
			if (!names.contains(choice[0])) {
				names.add(choice[0]);
			}
		}
		return names;
	}

	private static List<String> names(Set<CallerType> callers) {
		return callers.stream().map((caller) -> caller.name().toLowerCase(Locale.ROOT)).sorted().toList();
	}

	public boolean allowsMachineWithoutOrganization() {
		return this.machineWithoutOrganization;
	}

	public boolean requiresOrganization() {
		return this.organization;
	}

	/** Return the requirements as data, for the inventory. */
	public HandlerDescription.Demands demands() {
		return new HandlerDescription.Demands(lists(this.scopes), lists(this.roles), lists(this.permissions),
				this.callers, this.actor.delegation(), this.actor.actors());
	}

	private static List<List<String>> lists(String[][] choices) {
		return Arrays.stream(choices).map(List::of).toList();
	}

	/** Combine two rules. Requirements for actors cannot be combined. */
	public Rule and(Rule other) {
		if (this.actor.demandsAnything() && other.actor.demandsAnything()) {
			throw new IllegalArgumentException("both rules restrict the actor");
		}
		Set<CallerType> both = EnumSet.allOf(CallerType.class);
		both.retainAll(this.callers);
		both.retainAll(other.callers);
		if (both.isEmpty()) {
			throw new IllegalArgumentException("no caller is both a user and a machine");
		}
		return new Rule(join(this.scopes, other.scopes), join(this.roles, other.roles),
				join(this.permissions, other.permissions), both, this.callersDeclared || other.callersDeclared,
				this.actor.demandsAnything() ? this.actor : other.actor, this.organization || other.organization,
				false);
	}

	private static List<List<String>> join(String[][] left, String[][] right) {
		List<List<String>> choices = new ArrayList<>(lists(left));
		choices.addAll(lists(right));
		return choices;
	}

	/** Return whether this library has nothing to enforce. */
	public boolean demandsNothing() {
		return this == NONE || this == STOCK || this == PUBLIC;
	}

	@Nullable Refusal refuse(@Nullable AccessToken caller, @Nullable Organization acting) {
		if (demandsNothing()) {
			return null;
		}
		if (caller == null) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		if (!this.callers.contains(caller.callerType())) {
			return this.wrongCaller;
		}
		if (acting == null && this.organization && !isMachineThatMayGoWithout(caller)) {
			return Refusal
				.of(caller.organizations().isEmpty() ? Reason.ORGANIZATION_MISSING : Reason.ORGANIZATION_UNSPECIFIED);
		}
		if (!this.actor.isFulfilledBy(caller)) {
			return Refusal.of(Reason.WRONG_ACTOR);
		}
		if (!holds(this.scopes, caller.scopes(), null)) {
			return this.insufficientScope;
		}
		if (!holds(this.roles, caller.roles(), (acting != null) ? acting.roles() : null)) {
			return this.insufficientRole;
		}
		if (!holds(this.permissions, caller.permissions(), (acting != null) ? acting.permissions() : null)) {
			return this.insufficientPermission;
		}
		return null;
	}

	/** Return whether these scopes satisfy the rule's scopes. */
	boolean isFulfilledBy(Set<String> scopes) {
		return holds(this.scopes, scopes, null);
	}

	private boolean isMachineThatMayGoWithout(AccessToken caller) {
		return this.machineWithoutOrganization && caller.callerType() == CallerType.MACHINE
				&& caller.organizations().isEmpty();
	}

	private static boolean holds(String[][] choices, Set<String> everywhere, @Nullable Set<String> here) {
		for (String[] choice : choices) {
			if (!holdsOne(choice, everywhere, here)) {
				return false;
			}
		}
		return true;
	}

	private static boolean holdsOne(String[] choice, Set<String> everywhere, @Nullable Set<String> here) {
		for (String name : choice) {
			if (everywhere.contains(name) || (here != null && here.contains(name))) {
				return true;
			}
		}
		return false;
	}

	/** The text in the start-up report. */
	@Override
	public String toString() {
		StringJoiner text = new StringJoiner("; ");
		describe(text, "scope", this.scopes);
		describe(text, "role", this.roles);
		describe(text, "permission", this.permissions);
		if (this.callersDeclared) {
			text.add("caller " + String.join(" or ", names(this.callers)) + this.actor);
		}
		if (this.organization) {
			text.add(this.machineWithoutOrganization ? "organization, or machine without" : "organization");
		}
		return text.toString();
	}

	private static void describe(StringJoiner text, String kind, String[][] choices) {
		if (choices.length > 0) {
			StringJoiner all = new StringJoiner(" and ", kind + " ", "");
			for (String[] choice : choices) {
				all.add(String.join(" or ", choice));
			}
			text.add(all.toString());
		}
	}

}
