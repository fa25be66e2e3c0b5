package dev.authstarter.token.check;

import java.util.List;

import dev.authstarter.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Refuses tokens that are bound to a key or a certificate ({@code cnf}): they must not
 * pass as plain bearer tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7800#section-3.1">RFC 7800 section
 * 3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-7.2">RFC 9449 section
 * 7.2</a>
 */
public final class ConfirmationCheck implements TokenCheck {

	private static final String CLAIM = "cnf";

	@Override
	public @Nullable Reason refuse(TokenContent token) {
		return token.claims().containsKey(CLAIM) ? Reason.UNPROVEN_POSSESSION : null;
	}

	@Override
	public List<Finding> explain(TokenContent token) {
		return (refuse(token) != null)
				? List.of(Finding.of("Possession", "no claim 'cnf', since bound tokens are not accepted", "one"))
				: List.of();
	}

}
