package dev.authstarter.test.attack.catalogue;

import dev.authstarter.configuration.AuthStarterProperties;
import dev.authstarter.test.ForgedToken;
import dev.authstarter.test.attack.endpoint.Endpoint;
import dev.authstarter.test.attack.endpoint.Needs;

/**
 * One endpoint, with the tokens that attacks on it start from.
 *
 * @param endpoint the endpoint
 * @param attacker who attacks
 */
public record Aim(Endpoint endpoint, Attacker attacker) {

	/**
	 * A token that is genuine and grants nothing of use, so that the handler's own rule
	 * still stands where a check of the token is missing.
	 */
	ForgedToken token() {
		ForgedToken token = this.attacker.token();
		return namesOrganization() ? token.forOrganization(this.attacker.organization()) : token;
	}

	/**
	 * A token with all that the handler demands. Only for attacks on the rule itself.
	 */
	ForgedToken entitled() {
		Needs needs = this.endpoint.needs();
		return withRoles(needs.grantTo(this.attacker.token(), this.attacker.subject()),
				Needs.firstOfEach(needs.roles()));
	}

	/** Give a token roles where the endpoint looks for them. */
	ForgedToken withRoles(ForgedToken token, String... roles) {
		if (namesOrganization()) {
			return token.forOrganization(this.attacker.organization(), roles);
		}
		return token.withRoles(roles);
	}

	/** An API for certain organizations takes no token without one. */
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
