package dev.authstarter.access;

import java.util.List;

import dev.authstarter.AccessToken;
import dev.authstarter.Organization;
import dev.authstarter.Reason;
import dev.authstarter.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a handler demands of its caller.
 *
 * @param scopes all of these
 * @param roles all of these, in the acting organization
 */
record Rule(List<String> scopes, List<String> roles) {

	static final Rule NONE = new Rule(List.of(), List.of());

	Rule {
		scopes = List.copyOf(scopes);
		roles = List.copyOf(roles);
	}

	@Nullable Refusal refuse(@Nullable AccessToken caller, @Nullable Organization acting) {
		if (equals(NONE)) {
			return null;
		}
		if (caller == null) {
			return Refusal.of(Reason.MISSING_TOKEN);
		}
		if (!caller.scopes().containsAll(this.scopes)) {
			return new Refusal(Reason.INSUFFICIENT_SCOPE, this.scopes);
		}
		return caller.rolesIn(acting).containsAll(this.roles) ? null
				: new Refusal(Reason.INSUFFICIENT_ROLE, this.roles);
	}

}
