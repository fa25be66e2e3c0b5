package dev.authstarter.test.attack.catalogue;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Needs;

/**
 * An endpoint, with the tokens from which attacks on it are made.
 *
 * @param endpoint the endpoint
 * @param attacker the attacker
 */
public record Aim(Endpoint endpoint, Attacker attacker) {

	/**
	 * A valid token without the grants that handlers require, so that the handler's own
	 * rule still denies the call if a check of the token is missing.
	 */
	ForgedToken token() {
		ForgedToken token = this.attacker.token();
		return namesOrganization() ? token.forOrganization(this.attacker.organization()) : token;
	}

	/**
	 * A token with everything that the handler requires, only for attacks on the rule
	 * itself.
	 */
	ForgedToken entitled() {
		Needs needs = this.endpoint.needs();
		return withRoles(needs.grantTo(this.attacker.token(), this.attacker.subject()),
				Needs.firstOfEach(needs.roles()));
	}

	/**
	 * Set roles in the organization if the endpoint is scoped to one, otherwise
	 * everywhere.
	 */
	ForgedToken withRoles(ForgedToken token, String... roles) {
		if (namesOrganization()) {
			return token.forOrganization(this.attacker.organization(), roles);
		}
		return token.withRoles(roles);
	}

	/** An API that is restricted to certain organizations refuses tokens without one. */
	private boolean namesOrganization() {
		return this.endpoint.scoped() || this.attacker.allowed().areRestricted();
	}

	AttackRequest request() {
		return AttackRequest.to(this.endpoint);
	}

	AttackRequest bearing(ForgedToken token) {
		return bearing(token.value());
	}

	AttackRequest bearing(String token) {
		return request().withAuthorization("Bearer " + token).keepingSecret(token);
	}

	AuthStarterProperties properties() {
		return this.attacker.properties();
	}

}
