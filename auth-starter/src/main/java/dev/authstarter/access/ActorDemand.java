package dev.authstarter.access;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.authstarter.AccessToken;
import dev.authstarter.Actor;
import dev.authstarter.RequiresCaller.Delegation;

/**
 * Whether another party must, may or must not act for the subject of a token (RFC 8693
 * section 4.1).
 *
 * @param delegation whether it must
 * @param actors the {@code sub} of those that may; empty for any
 */
public record ActorDemand(Delegation delegation, Set<String> actors) {

	/** Nothing is demanded. */
	public static final ActorDemand NONE = new ActorDemand(Delegation.ALLOWED, Set.of());

	/**
	 * Copy the names.
	 */
	public ActorDemand {
		actors = Set.copyOf(actors);
	}

	public boolean demandsAnything() {
		return this.delegation != Delegation.ALLOWED;
	}

	boolean isFulfilledBy(AccessToken token) {
		return switch (this.delegation) {
			case ALLOWED -> true;
			// Of an act that nobody can read, nobody knows what it means.
			case FORBIDDEN -> token.actor() == null && token.claims().get("act") == null;
			case REQUIRED -> isActedFor(token);
		};
	}

	/** Actors of before are for information only. */
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

	/** Names are unique within an issuer only. */
	private static boolean isOfSameIssuer(Actor actor, AccessToken token) {
		return !actor.claims().containsKey("iss") || token.issuer().equals(actor.issuer());
	}

	/** As the report at start says it. */
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
