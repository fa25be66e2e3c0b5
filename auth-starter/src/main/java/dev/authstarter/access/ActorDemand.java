package dev.authstarter.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.Actor;
import dev.authstarter.RequiresCaller.Delegation;

/**
 * What a rule requires of the actor of a token (RFC 8693 section 4.1).
 *
 * @param delegation whether an actor is required, allowed or forbidden
 * @param actors the {@code sub} of each accepted actor; empty for any actor
 */
public record ActorDemand(Delegation delegation, Set<String> actors) {

	/** No requirement. */
	public static final ActorDemand NONE = new ActorDemand(Delegation.ALLOWED, Set.of());

	public ActorDemand {
		actors = Set.copyOf(actors);
	}

	public boolean demandsAnything() {
		return this.delegation != Delegation.ALLOWED;
	}

	boolean isFulfilledBy(AccessToken token) {
		return switch (this.delegation) {
			case ALLOWED -> true;
			// An act claim that cannot be parsed counts as an actor.
			case FORBIDDEN -> token.actor() == null && token.claims().get("act") == null;
			case REQUIRED -> isActedFor(token);
		};
	}

	/** Prior actors are informational only. */
	private boolean isActedFor(AccessToken token) {
		List<Actor> actors = token.actors();
		if (actors.isEmpty()) {
			return false;
		}
		Actor current = actors.get(0);
		if (current.subject() == null) {
			return false;
		}
		return this.actors.isEmpty() || (this.actors.contains(current.subject()) && isOfSameIssuer(current, token));
	}

	/** Subjects are unique only within an issuer. */
	private static boolean isOfSameIssuer(Actor actor, AccessToken token) {
		return !actor.claims().containsKey("iss") || token.issuer().equals(actor.issuer());
	}

	/** The text in the start-up report. */
	@Override
	public String toString() {
		return switch (this.delegation) {
			case ALLOWED -> "";
			case FORBIDDEN -> ", without an actor";
			case REQUIRED -> this.actors.isEmpty() ? ", with an actor"
					: ", actor " + String.join(" or ", new TreeSet<>(this.actors));
		};
	}

}
