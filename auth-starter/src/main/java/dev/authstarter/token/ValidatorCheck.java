package dev.authstarter.token;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Refuses what a rule of the application refuses: its {@link OAuth2TokenValidator} beans
 * add to the checks of the library and replace none.
 */
final class ValidatorCheck implements RequestCheck {

	private final List<OAuth2TokenValidator<Jwt>> validators;

	ValidatorCheck(List<OAuth2TokenValidator<Jwt>> validators) {
		this.validators = List.copyOf(validators);
	}

	@Override
	public @Nullable Reason refuse(VerifiedToken token) {
		for (OAuth2TokenValidator<Jwt> validator : this.validators) {
			if (validator.validate(token.jwt()).hasErrors()) {
				return Reason.REFUSED_BY_RULE;
			}
		}
		return null;
	}

	@Override
	public List<Finding> explain() {
		return this.validators.isEmpty() ? List.of()
				: List.of(Finding.hint("Rules of the application",
						"%d OAuth2TokenValidator beans check every token last, and are not called here."
							.formatted(this.validators.size())));
	}

}
