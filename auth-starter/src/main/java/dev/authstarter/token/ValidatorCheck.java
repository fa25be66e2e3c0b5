package dev.authstarter.token;

import java.util.List;

import dev.authstarter.Reason;
import dev.authstarter.token.check.Finding;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Applies the application's {@link OAuth2TokenValidator} beans, in addition to the checks
 * of the library.
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
